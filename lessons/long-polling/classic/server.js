var http = require('http');
var parse = require('url').parse;

var messages = [];
var held = [];

setInterval(function () {
  var text = 'message ' + (messages.length + 1);
  performance.mark(text);
  messages.push({ id: messages.length + 1, text: text });
  while (held.length) held.shift()();
}, 1700);

http
  .createServer(function (req, res) {
    var after = Number(parse(req.url, true).query.after);
    function answer() {
      res.writeHead(200, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify(messages.slice(after)));
    }
    if (messages.length > after) answer();
    else held.push(answer);
  })
  .listen(8080);
