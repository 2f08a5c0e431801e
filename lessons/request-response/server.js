import { createServer } from 'node:http';

const messages = [];

async function answer(req, res) {
  const url = new URL(req.url, 'http://localhost');

  if (req.method === 'POST') {
    let text = '';
    for await (const part of req.setEncoding('utf8')) text += part;
    const id = messages.push({ id: messages.length + 1, text });
    performance.mark(`message ${id}`);
    res.writeHead(204).end();
  } else {
    const after = Number(url.searchParams.get('after'));
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(messages.slice(after)));
  }
}

createServer(answer).listen(8080);
createServer(answer).listen(8081);
