import { createServer } from 'node:http';

const padding = ' '.repeat(256);
const open = new Set();
let id = 0;

setInterval(() => {
  const text = `message ${++id}`;
  performance.mark(text);
  const call = `<script>parent.show(${JSON.stringify({ id, text })})</script>\n`;
  for (const res of open) res.write(call);
}, 1000);

createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  res.write(`<html><body>${padding}\n`);
  open.add(res);
  res.on('close', () => open.delete(res));
}).listen(8080);
