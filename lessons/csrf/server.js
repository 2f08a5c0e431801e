import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const token = crypto.randomUUID(); // not used yet
let balance = 100;

const bank = createServer(async (req, res) => {
  let body = '';
  for await (const part of req) body += part;
  const isAlice = /session=alice/.test(req.headers.cookie);
  res.setHeader('Content-Type', 'text/html; charset=utf-8');

  if (req.url === '/login') {
    res.setHeader('Set-Cookie', 'session=alice; HttpOnly');
    return res.end('Hello, Alice.');
  }
  if (req.url === '/form') return res.end(form('bob', 5));
  if (!isAlice) return res.writeHead(401).end('Who are you?');

  const order = new URLSearchParams(body);
  balance -= Number(order.get('amount'));
  console.log(`Alice pays ${order.get('amount')} to ${order.get('to')}, ${balance} left`);
  res.end('Paid.');
}).listen(8080);

// The bank's own page: Alice pays Bob, as she wants to.
function form(to, amount) {
  return `<form method="post" action="/pay">
    <input name="to" value="${to}"><input name="amount" value="${amount}">
  </form><script>document.forms[0].submit()</script>`;
}

// The bank tells its customers their balance as it changes.
const feed = new WebSocketServer({ server: bank });
feed.on('connection', (socket, req) => {
  const isAlice = /session=alice/.test(req.headers.cookie);
  socket.send(isAlice ? `Alice has ${balance}` : 'Who are you?');
});
