if (!!window.EventSource) {
  var source = new EventSource('http://localhost:8000/events');
  source.addEventListener(
    'message',
    function (e) {
      var li = document.createElement('li');
      li.textContent = e.data;
      document.getElementById('log').appendChild(li);
    },
    false
  );
  source.addEventListener(
    'error',
    function (e) {
      if (e.target.readyState == EventSource.CLOSED) {
        console.log('closed');
      }
    },
    false
  );
} else {
  alert('no EventSource');
}
