var list = document.getElementsByTagName('ul')[0];

function listen() {
  var xhr = new XMLHttpRequest();
  var seen = 0;
  xhr.onreadystatechange = function () {
    if (xhr.readyState < 3) return;
    for (;;) {
      var end = xhr.responseText.indexOf('\n', seen);
      if (end === -1) return;
      show(JSON.parse(xhr.responseText.substring(seen, end)));
      seen = end + 1;
    }
  };
  xhr.open('GET', '/stream', true);
  xhr.send(null);
}

function show(message) {
  performance.mark('message ' + message.id);
  console.log(message.text);
  var item = document.createElement('li');
  item.appendChild(document.createTextNode(message.text));
  list.appendChild(item);
}

listen();
