import { createServer } from 'node:http';

const prelude = `${' '.repeat(2048)}\n`;
const open = new Set();
let id = 0;

setInterval(() => {
  const text = `message ${++id}`;
  performance.mark(text);
  for (const res of open) res.write(`${text}\n`);
}, 1000);

createServer(async (req, res) => {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Content-Type', 'text/plain');
  if (req.method === 'POST') {
    let said = '';
    for await (const part of req) said += part;
    console.log(`a body of type ${req.headers['content-type']}: ${said}`);
    return res.end(said.toUpperCase());
  }
  res.write(prelude);
  open.add(res);
  res.on('close', () => open.delete(res));
}).listen(8080);
