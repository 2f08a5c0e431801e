const list = document.querySelector('ul');
let last = 0;

document.querySelector('button').onclick = ask;
ask();

async function ask() {
  const response = await fetch(`/heard?after=${last}`);
  const messages = await response.json();
  messages.forEach(show);
}

function show({ id, text }) {
  last = id;
  performance.mark(`message ${id}`);
  console.log(`B shows: ${text}`);
  const item = document.createElement('li');
  item.textContent = text;
  list.append(item);
}
