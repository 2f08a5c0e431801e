const list = document.querySelector('ul');
let last = 0;

poll();
setInterval(poll, 1000);

async function poll() {
  const response = await fetch(`/messages?after=${last}`);
  const messages = await response.json();
  messages.forEach(show);
}

function show({ id, text }) {
  if (id <= last) return; // already shown
  last = id;
  performance.mark(`message ${id}`);
  console.log(text);
  const item = document.createElement('li');
  item.textContent = text;
  list.append(item);
}
