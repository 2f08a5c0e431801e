const list = document.querySelector('ul');
let last = 0;

poll();
setInterval(poll, 1000);

async function poll() {
  const response = await fetch(`/messages?after=${last}`);
  for (const message of await response.json()) show(message);
}

function show({ id, text }) {
  if (id <= last) return; // two polls can bring the same message
  last = id;
  performance.mark(`message ${id}`);
  const item = document.createElement('li');
  item.textContent = text;
  list.append(item);
}
