var http = require('http');
var fs = require('fs');
var url = require('url');

var waiting = [];
var count = 0;

var server = http.createServer(function (req, res) {
  var path = url.parse(req.url, true).pathname;
  if (path === '/') {
    fs.readFile('./page.html', 'binary', function (err, file) {
      if (err) {
        res.writeHead(500, { 'Content-Type': 'text/plain' });
        res.end(err + '\n');
        return;
      }
      res.writeHead(200, { 'Content-Type': 'text/html' });
      res.write(file, 'binary');
      res.end();
    });
  } else if (path === '/poll') {
    waiting.push(res);
  } else {
    res.writeHead(404);
    res.end();
  }
});

setInterval(function () {
  count++;
  while (waiting.length) {
    var res = waiting.shift();
    res.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
    res.end(JSON.stringify({ number: count, text: 'résumé' }));
  }
}, 100);

server.listen(8088, 'localhost');
server.unref();
console.log('Server running at http://localhost:8088/');
