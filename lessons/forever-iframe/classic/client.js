var list = document.getElementsByTagName('ul')[0];

window.app = {
  show: function (message) {
    performance.mark('message ' + message.id);
    console.log(message.text);
    var item = document.createElement('li');
    item.appendChild(document.createTextNode(message.text));
    list.appendChild(item);
  },
};

window.onload = function () {
  var holder = document.createElement('div');
  holder.style.display = 'none';
  document.body.appendChild(holder);
  holder.innerHTML = '<iframe src="/stream"></iframe>';
};
