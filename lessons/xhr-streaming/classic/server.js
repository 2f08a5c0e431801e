var http = require('http');

var open = [];
var id = 0;

setInterval(function () {
  var text = 'message ' + ++id;
  performance.mark(text);
  open.forEach(function (res) {
    res.write(JSON.stringify({ id: id, text: text }) + '\n');
  });
}, 1000);

http
  .createServer(function (req, res) {
    res.writeHead(200, { 'Content-Type': 'application/javascript' });
    res.write('');
    open.push(res);
    res.on('close', function () {
      open.splice(open.indexOf(res), 1);
    });
  })
  .listen(8080);
