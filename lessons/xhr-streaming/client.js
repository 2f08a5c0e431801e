const list = document.querySelector('ul');

listen();

async function listen() {
  const response = await fetch('/stream');
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop(); // the line that is not whole yet
    for (const line of lines) show(JSON.parse(line));
  }
}

function show({ id, text }) {
  performance.mark(`message ${id}`);
  console.log(text);
  const item = document.createElement('li');
  item.textContent = text;
  list.append(item);
}
