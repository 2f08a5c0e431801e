// This page has another origin than the server.
var server = 'http://localhost:8080';
var length = 0;

listen();
say('hello');

function listen() {
  var stream = new XDomainRequest();
  stream.onprogress = stream.onload = function () {
    var text = stream.responseText;
    var end = text.lastIndexOf('\n') + 1;
    text.slice(length, end).split('\n').forEach(show);
    length = end;
  };
  stream.onerror = function () {
    console.log('onerror, and no word why');
  };
  stream.ontimeout = function () {};
  stream.open('GET', server + '/stream');
  stream.send();
}

function say(text) {
  var post = new XDomainRequest();
  post.onload = function () {
    console.log('answered: ' + post.responseText);
  };
  post.onerror = function () {
    console.log('not answered');
  };
  post.onprogress = post.ontimeout = function () {};
  post.open('POST', server + '/say');
  post.send(text);
}

function show(line) {
  if (!/^message/.test(line)) return;
  performance.mark(line);
  var item = document.createElement('li');
  item.textContent = line;
  document.getElementsByTagName('ul')[0].appendChild(item);
}
