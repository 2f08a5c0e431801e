var http = require('http');
var parse = require('url').parse;

var messages = [];
setInterval(function () {
  var text = 'message ' + (messages.length + 1);
  performance.mark(text);
  console.log(text);
  messages.push({ id: messages.length + 1, text: text });
}, 1700);

http
  .createServer(function (req, res) {
    var after = Number(parse(req.url, true).query.after);
    res.writeHead(200, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify(messages.slice(after)));
  })
  .listen(8080);
