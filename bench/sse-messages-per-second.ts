/** SSE messages a second from one lab to one client. */
import { createLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, repeat, report } from './support/figure.ts';

const MESSAGES = 5_000;
const SSE = `require('http').createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream' });
  let sent = 0;
  (function more() {
    for (let i = 0; i < 20 && sent < ${MESSAGES}; i++) res.write('data: ' + ++sent + '\\n\\n');
    if (sent < ${MESSAGES}) setImmediate(more);
    else res.end();
  })();
}).listen(8080);`;

const app = await startApp();
const lab = await createLab(app.url, { files: { 'server.js': SSE, 'client.js': '', 'index.html': '' } });

async function sample(): Promise<number> {
  const began = performance.now();
  const text = await (await fetch(lab.origin)).text();
  const seconds = (performance.now() - began) / 1000;
  const received = text.split('\n\n').length - 1;
  if (received !== MESSAGES) throw new Error(`${received} of ${MESSAGES} messages came`);
  return MESSAGES / seconds;
}

await sample();
report([figure('SSE messages per second from one lab', '/s', await repeat(7, sample))]);
await app.close();
