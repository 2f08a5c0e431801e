var http = require('http');
var url = require('url');

http
  .createServer(function (request, response) {
    var query = url.parse(request.url, true).query;
    var body = query.callback + '(' + JSON.stringify({ now: query.n * 2 }) + ');';
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Content-Length': body.length });
    response.end(body);
  })
  .listen(8088);
