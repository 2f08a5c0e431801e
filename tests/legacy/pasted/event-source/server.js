var http = require('http');

http
  .createServer(function (req, res) {
    if (req.headers.accept && req.headers.accept == 'text/event-stream') {
      res.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-cache',
        Connection: 'keep-alive',
        'Access-Control-Allow-Origin': '*'
      });
      var id = new Date().toLocaleTimeString();
      setInterval(function () {
        constructSSE(res, id, 'tick');
      }, 100);
      constructSSE(res, id, 'first');
    } else {
      res.writeHead(404);
      res.end();
    }
  })
  .listen(8000);

function constructSSE(res, id, data) {
  res.write(new Buffer('id: ' + id + '\n'));
  res.write(new Buffer('data: ' + data + '\n\n', 'utf8'));
}
