import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const history = [];
const clients = new Set();

setInterval(() => {
  const line = `message ${history.length + 1}`;
  performance.mark(line);
  history.push(line);
  for (const tell of clients) tell(line);
}, 1000);

const server = createServer((req, res) => {
  const url = new URL(req.url, 'http://localhost');
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Content-Type', 'application/javascript');
  if (url.pathname === '/stream') stream(res);
  else poll(url.searchParams, res);
}).listen(8080);

new WebSocketServer({ server }).on('connection', (socket) => {
  socket.send(`open ${history.length}`);
  join(socket, (line) => socket.send(line));
});

function stream(res) {
  res.write(`${' '.repeat(2048)}\nopen ${history.length}\n`);
  join(res, (line) => res.write(`${line}\n`));
}

function poll(query, res) {
  const after = query.get('after');
  const callback = query.get('callback');
  const answer = (...lines) => {
    clients.delete(answer);
    const text = lines.join('\n');
    res.end(callback ? `${callback}(${JSON.stringify(text)})` : text);
  };
  if (after === '') answer(`open ${history.length}`);
  else if (history.length > after) answer(...history.slice(after));
  else join(res, answer);
}

function join(connection, tell) {
  clients.add(tell);
  connection.on('close', () => clients.delete(tell));
}
