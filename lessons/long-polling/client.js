const list = document.querySelector('ul');
let last = 0;

poll();

async function poll() {
  const response = await fetch(`/messages?after=${last}`);
  const messages = await response.json();
  messages.forEach(show);
  poll();
}

function show({ id, text }) {
  last = id;
  performance.mark(`message ${id}`);
  console.log(text);
  const item = document.createElement('li');
  item.textContent = text;
  list.append(item);
}
