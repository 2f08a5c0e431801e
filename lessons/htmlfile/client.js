var transport = new ActiveXObject('htmlfile');
transport.open();
transport.write('<html><body></body></html>');
transport.close();
transport.parentWindow.show = show;

var frame = transport.createElement('iframe');
transport.body.appendChild(frame);
frame.src = '/stream';

window.attachEvent('onload', function () {
  console.log('the page has loaded');
});
window.attachEvent('onunload', function () {
  if (frame) frame.src = 'about:blank';
  transport = frame = null;
  CollectGarbage();
});

function show(message) {
  performance.mark('message ' + message.id);
  console.log(message.text);
  var item = document.createElement('li');
  item.appendChild(document.createTextNode(message.text));
  document.getElementsByTagName('ul')[0].appendChild(item);
}
