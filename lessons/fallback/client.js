// This page has another origin than the server. What it can try is in transports.js.
var server = 'http://localhost:8080';
var last = '';

attempt(transports);

function attempt(left) {
  var transport = left[0];
  if (!transport) return console.log('nothing is left');
  if (!transport.can()) {
    console.log(transport.name + ': not in this browser');
    return attempt(left.slice(1));
  }
  var chosen = false;
  var patience = setTimeout(lost, 2500);
  var stop = transport.open(hear, lost);

  function hear(line) {
    clearTimeout(patience);
    if (!chosen) console.log(transport.name + ': chosen');
    chosen = true;
    show(line);
  }

  function lost() {
    clearTimeout(patience);
    stop();
    console.log(transport.name + ': nothing comes');
    if (chosen) setTimeout(attempt, 1000, left);
    else attempt(left.slice(1));
  }
}

function show(line) {
  last = line.split(' ')[1];
  if (!/^message/.test(line)) return;
  performance.mark(line);
  var item = document.createElement('li');
  item.appendChild(document.createTextNode(line));
  document.getElementsByTagName('ul')[0].appendChild(item);
}
