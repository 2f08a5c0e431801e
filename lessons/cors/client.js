// This page has another origin than the server.
const notes = 'http://localhost:8080/notes';

main();

async function main() {
  await attempt('GET', () => fetch(notes));
  await attempt('POST', () => fetch(notes, { method: 'POST', body: 'bye' }));
  await attempt('PUT', () => put('changed'));
}

function put(text) {
  return fetch(notes, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
  });
}

async function attempt(name, ask) {
  try {
    const response = await ask();
    show(`${name} ${response.status} ${await response.text()}`);
  } catch (error) {
    show(`${name} ${error.message}`);
  }
}

function show(text) {
  console.log(text);
  const item = document.createElement('li');
  item.textContent = text;
  document.querySelector('ul').append(item);
}
