// The best first. `open` calls `line` with each line and `lost` at the end, and returns what ends it.
var transports = [
  { name: 'websocket', can: hasWebSocket, open: socket },
  { name: 'xhr-streaming', can: hasCors, open: stream },
  { name: 'xdr-streaming', can: hasXdr, open: stream },
  { name: 'xhr-polling', can: hasCors, open: poll },
  { name: 'xdr-polling', can: hasXdr, open: poll },
  { name: 'jsonp-polling', can: hasScript, open: jsonp },
];

function hasWebSocket() {
  return 'WebSocket' in window;
}
function hasCors() {
  return 'XMLHttpRequest' in window && 'withCredentials' in new XMLHttpRequest();
}
function hasXdr() {
  return 'XDomainRequest' in window;
}
function hasScript() {
  return true;
}

function socket(line, lost) {
  var ws = new WebSocket(server.replace('http', 'ws'));
  ws.onmessage = function (event) {
    line(event.data);
  };
  ws.onclose = lost;
  return function () {
    ws.onclose = null;
    ws.close();
  };
}

function stream(line, lost) {
  var length = 0;
  function read(text) {
    var end = text.lastIndexOf('\n') + 1;
    lines(text.slice(length, end), line);
    length = end;
  }
  return get('/stream', read, lost);
}

function poll(line, lost) {
  var stop;
  var text = '';
  function read(all) {
    text = all;
  }
  function again() {
    stop = get('/poll?after=' + last, read, function () {
      if (!text) return lost();
      lines(text, line);
      text = '';
      again();
    });
  }
  again();
  return function () {
    stop();
  };
}

function jsonp(line) {
  var stopped = false;
  window.heard = function (text) {
    if (stopped) return;
    lines(text, line);
    again();
  };
  function again() {
    var script = document.createElement('script');
    script.src = server + '/poll?after=' + last + '&callback=heard';
    document.body.appendChild(script);
  }
  again();
  return function () {
    stopped = true;
  };
}

function get(path, read, end) {
  var request = hasCors() ? new XMLHttpRequest() : new XDomainRequest();
  request.onprogress = function () {
    read(request.responseText);
  };
  request.onload = function () {
    read(request.responseText);
    end();
  };
  request.onerror = request.ontimeout = end;
  request.open('GET', server + path);
  request.send();
  return function () {
    request.abort();
  };
}

function lines(text, line) {
  var all = text.split('\n');
  for (var i = 0; i < all.length; i++) if (/\S/.test(all[i])) line(all[i]);
}
