import { createServer } from 'node:http';

const notes = ['hello'];

createServer(async (req, res) => {
  console.log(req.method, req.url, 'from', req.headers.origin);

  if (req.method === 'OPTIONS') {
    return res.writeHead(204).end();
  }
  let body = '';
  for await (const part of req) body += part;
  if (req.method === 'POST') notes.push(body);
  if (req.method === 'PUT') notes[0] = JSON.parse(body).text;

  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(notes));
}).listen(8080);
