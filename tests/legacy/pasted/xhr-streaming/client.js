function start() {
  var xhr = new XMLHttpRequest(),
    received = 0;
  xhr.open('get', 'http://localhost:8088/stream', true);
  xhr.onreadystatechange = function () {
    var result;
    if (xhr.readyState == 3) {
      result = xhr.responseText.substring(received);
      received += result.length;
      document.getElementById('log').innerHTML += '[' + result + ']';
    } else if (xhr.readyState == 4) {
      document.getElementById('log').innerHTML += 'end';
    }
  };
  xhr.send(null);
}
