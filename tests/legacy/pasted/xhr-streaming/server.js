var http = require('http'),
  fs = require('fs'),
  path = require('path');

var server = http.createServer(function (request, response) {
  if (request.method === 'OPTIONS' || request.url !== '/stream') {
    response.writeHead(404);
    return response.end();
  }
  response.writeHead(200, {
    'Content-Type': 'multipart/octet-stream',
    'Access-Control-Allow-Origin': request.headers.origin || '*'
  });
  var left = 5;
  var timer = setInterval(function () {
    response.write(left + ';');
    if (!--left) {
      clearInterval(timer);
      response.end();
    }
  }, 200);
});
server.listen(8088, function () {
  console.log('%s is on %d', path.basename(__filename), server.address().port);
  console.log(fs.existsSync('index.html') && process.version.charAt(0));
});
