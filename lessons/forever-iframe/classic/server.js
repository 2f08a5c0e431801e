var http = require('http');

var padding = new Array(1025).join(' ');
var open = [];
var id = 0;

setInterval(function () {
  var text = 'message ' + ++id;
  performance.mark(text);
  var data = JSON.stringify({ id: id, text: text }).replace(/\//g, '\\/');
  open.forEach(function (res) {
    res.write('<script>parent.app.show(' + data + ');</script>\n');
  });
}, 1000);

http
  .createServer(function (req, res) {
    res.writeHead(200, { 'Content-Type': 'text/html' });
    res.write('<html><body>' + padding + '\n');
    open.push(res);
    res.on('close', function () {
      open.splice(open.indexOf(res), 1);
    });
  })
  .listen(8080);
