import { createServer } from 'node:http';

const messages = [];
setInterval(() => {
  const id = messages.length + 1;
  performance.mark(`message ${id}`);
  messages.push({ id, text: `message ${id}` });
}, 1700);

createServer((req, res) => {
  const { searchParams } = new URL(req.url, 'http://localhost');
  const callback = searchParams.get('callback');
  const fresh = messages.slice(Number(searchParams.get('after')));

  res.setHeader('Content-Type', 'text/javascript');
  res.end(`${callback}(${JSON.stringify(fresh)});`);
}).listen(8080);
