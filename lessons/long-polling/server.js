import { createServer } from 'node:http';

const messages = [];
const held = new Set();

setInterval(() => {
  const id = messages.length + 1;
  const text = `message ${id}`;
  performance.mark(text);
  messages.push({ id, text });
  for (const answer of held) answer();
}, 1700);

createServer((req, res) => {
  const url = new URL(req.url, 'http://localhost');
  const after = Number(url.searchParams.get('after'));

  const answer = () => {
    held.delete(answer);
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(messages.slice(after)));
  };
  if (messages.length > after) answer();
  else held.add(answer);
  res.on('close', () => held.delete(answer));
}).listen(8080);
