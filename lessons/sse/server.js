import { createServer } from 'node:http';

const past = [];
const open = new Set();

createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream' });
  res.write('retry: 1000\n\n');
  const last = Number(req.headers['last-event-id'] ?? 0);
  for (const event of past.slice(last)) res.write(event);
  open.add(res);
  res.on('close', () => open.delete(res));
}).listen(8080);

setInterval(() => {
  const id = past.length + 1;
  performance.mark(`tick ${id}`);
  const event = `id: ${id}\nevent: tick\ndata: ${new Date().toISOString()}\n\n`;
  past.push(event);
  for (const res of open) res.write(event);
}, 1000);
