var n = 0;

function handle(data) {
  document.getElementById('log').innerHTML += '<li>' + data.now + '</li>';
  setTimeout(ask, 50);
}

function ask() {
  var head = document.getElementsByTagName('head')[0];
  var old = document.getElementById('jsonp');
  if (old) head.removeChild(old);
  var script = document.createElement('script');
  script.id = 'jsonp';
  script.type = 'text/javascript';
  script.src = 'http://localhost:8088/?callback=handle&n=' + ++n;
  head.appendChild(script);
}
ask();
