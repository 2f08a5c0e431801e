/** WebSocket messages a second from one lab, whose server is npm's `ws`, to one client. */
import { WebSocket } from 'ws';
import { createLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, repeat, report } from './support/figure.ts';

const MESSAGES = 5_000;
const SERVER = `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8080 }).on('connection', (socket) => {
  let sent = 0;
  (function more() {
    for (let i = 0; i < 20 && sent < ${MESSAGES}; i++) socket.send('message ' + ++sent);
    if (sent < ${MESSAGES}) setImmediate(more);
    else socket.close();
  })();
});`;

const app = await startApp();
const lab = await createLab(app.url, { files: { 'server.js': SERVER, 'client.js': '', 'index.html': '' } });

/** From the handshake's first byte to the close. */
function sample(): Promise<number> {
  const began = performance.now();
  const socket = new WebSocket(lab.origin.replace('http', 'ws'));
  let received = 0;
  socket.on('message', () => (received += 1));
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => {
      if (received === MESSAGES) resolve(MESSAGES / ((performance.now() - began) / 1000));
      else reject(new Error(`${received} of ${MESSAGES} messages came`));
    });
  });
}

await sample();
report([figure('WebSocket messages per second from one lab', '/s', await repeat(7, sample))]);
await app.close();
