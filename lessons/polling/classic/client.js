var list = document.getElementsByTagName('ul')[0];
var last = 0;

function createXHR() {
  if (window.XMLHttpRequest) return new XMLHttpRequest();
  return new ActiveXObject('Microsoft.XMLHTTP');
}

function poll() {
  var xhr = createXHR();
  xhr.onreadystatechange = function () {
    if (xhr.readyState !== 4 || xhr.status !== 200) return;
    var messages = JSON.parse(xhr.responseText);
    for (var i = 0; i < messages.length; i++) show(messages[i]);
  };
  xhr.open('GET', '/messages?after=' + last, true);
  xhr.send(null);
}

function show(message) {
  if (message.id <= last) return; // already shown
  last = message.id;
  performance.mark('message ' + message.id);
  console.log(message.text);
  var item = document.createElement('li');
  item.appendChild(document.createTextNode(message.text));
  list.appendChild(item);
}

poll();
setInterval(poll, 1000);
