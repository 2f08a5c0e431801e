import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createLab, openWire } from '../support/lab.ts';
import { type App, startApp } from '../support/server.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** All that comes until the other side ends; says `sent` first when it is given. */
function listen(port: number, sent?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => sent && socket.write(sent));
    let got = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (got += chunk));
    socket.on('error', reject).on('close', () => resolve(got));
  });
}

it('hands a net server clients that say nothing, and still serves the page on its port', async () => {
  const lab = await createLab(app.url, {
    files: {
      'server.js': `require('net').createServer((socket) => {\n  socket.end('welcome');\n}).listen(8080);`,
      'client.js': '',
      'index.html': '<h1>mine</h1>',
    },
  });
  const wire = await openWire(app.url, lab);
  const port = Number(new URL(lab.origin).port);
  expect(await listen(port)).toBe('welcome');
  expect(await listen(port, 'hello')).toBe('welcome');
  const page = await listen(port, `GET /.lab/1/ HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  expect(page).toContain('<h1>mine</h1>');
  await expect.poll(() => wire.events.filter(({ type }) => type === 'connection-end').length).toBe(2);
  expect(wire.events.filter(({ type }) => type === 'call')).toMatchObject([
    { name: 'socket.end', at: { file: 'server.js', line: 2 }, length: 7 },
    { name: 'socket.end', at: { file: 'server.js', line: 2 }, length: 7 },
  ]);
  wire.close();
});

it("records what ws's server in a lab sends, and the upgrade as a request", async () => {
  const lab = await createLab(app.url, {
    files: {
      'server.js': `import { WebSocketServer } from 'ws';
new WebSocketServer({ port: 8080 }).on('connection', (socket) => {
  socket.on('message', (data) => socket.send('got ' + data));
});`,
      'client.js': '',
      'index.html': '',
    },
  });
  const wire = await openWire(app.url, lab);
  const socket = new WebSocket(lab.origin.replace('http', 'ws') + '/chat');
  await new Promise((resolve) => socket.once('open', resolve));
  const answer = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
  socket.send('hi');
  expect(await answer).toBe('got hi');
  socket.close();
  await expect.poll(() => wire.events.some(({ type }) => type === 'connection-end')).toBe(true);
  expect(wire.events.filter(({ type }) => type === 'request')).toMatchObject([
    { method: 'GET', target: '/chat' },
  ]);
  const frame = Buffer.from(`\x81\x06got hi`, 'latin1').toString('base64');
  expect(
    wire.events.some(
      (event) => event.type === 'bytes' && event.direction === 'down' && event.base64 === frame,
    ),
  ).toBe(true);
  wire.close();
});
