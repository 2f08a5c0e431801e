var n = 0;
var ws = new WebSocket('ws://127.0.0.1:8000');
ws.onopen = function () {
  ws.send('hello ' + n);
};
ws.onmessage = function (e) {
  document.getElementById('log').innerHTML += e.data + '<br>';
  if (++n < 3) ws.send('hello ' + n);
};
