import { createServer } from 'node:http';

const open = new Set();
let id = 0;

setInterval(() => {
  const text = `message ${++id}`;
  performance.mark(text);
  const line = `${JSON.stringify({ id, text })}\n`;
  for (const res of open) res.write(line);
}, 1000);

createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  res.flushHeaders();
  open.add(res);
  res.on('close', () => open.delete(res));
}).listen(8080);
