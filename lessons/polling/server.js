import { createServer } from 'node:http';

const messages = [];
setInterval(() => {
  const id = messages.length + 1;
  const text = `message ${id}`;
  performance.mark(text);
  console.log(text);
  messages.push({ id, text });
}, 1700);

createServer((req, res) => {
  const url = new URL(req.url, 'http://localhost');
  const after = Number(url.searchParams.get('after'));
  const fresh = messages.slice(after);

  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(fresh));
}).listen(8080);
