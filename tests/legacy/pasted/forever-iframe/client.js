window.comet = function (text) {
  var p = document.createElement('p');
  p.appendChild(document.createTextNode(text));
  document.getElementById('log').appendChild(p);
};

document.getElementById('hidden').innerHTML = '<iframe src="http://localhost:8088/comet?html"></iframe>';

var iframe = document.createElement('iframe');
iframe.style.display = 'none';
iframe.src = 'http://localhost:8088/comet?src';
document.body.appendChild(iframe);
