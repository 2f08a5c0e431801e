var http = require('http');

http
  .createServer(function (req, res) {
    if (req.url.indexOf('/comet') !== 0) {
      res.statusCode = 404;
      return res.end();
    }
    var i = 0,
      noise = new Array(1025).join(' ');
    res.writeHead(200, { 'Content-Type': 'text/html' });
    res.write('<html><head><title>comet</title></head><body>' + noise);
    var timer = setInterval(function () {
      res.write(
        '<script type="text/javascript">parent.comet("' +
          req.url.split('?')[1] +
          ' ' +
          ++i +
          '")</' +
          'script>'
      );
    }, 100);
    req.connection.on('close', function () {
      clearInterval(timer);
    });
  })
  .listen(8088);
