import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { TelemetryEvent } from '../../server/telemetry/protocol.ts';
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

const WS_SERVER = {
  'server.js': `import { WebSocketServer } from 'ws';
new WebSocketServer({ port: 8080 }).on('connection', (socket) => {
  socket.on('message', (data) => socket.send('got ' + data));
});`,
  'client.js': '',
  'index.html': '',
};

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
  const lab = await createLab(app.url, { files: WS_SERVER });
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

const isHanded = (event: TelemetryEvent) => event.type === 'handed';

it('tells when server code was handed the bytes that it reads itself, and which line got them', async () => {
  const lab = await createLab(app.url, {
    files: {
      'server.js': `require('net').createServer((socket) => {
  socket.on('data', (bytes) => {
    socket.write(bytes);
    if (String(bytes).endsWith('bye')) socket.end();
  });
}).listen(8080);`,
      'client.js': '',
      'index.html': '',
    },
  });
  const wire = await openWire(app.url, lab);
  await lab.call('PATCH', '/conditions', { latencyMs: 40 });
  const socket = connect(Number(new URL(lab.origin).port), '127.0.0.1', () => socket.write('hello'));
  socket.once('data', () => socket.write('bye'));
  await new Promise((resolve) => socket.on('close', resolve));
  await expect.poll(() => wire.events.some(({ type }) => type === 'connection-end')).toBe(true);
  const [hello, bye] = wire.events.filter(isHanded);
  const at = { file: 'server.js', line: 2, column: 10 };
  expect(hello).toMatchObject({ connection: 1, offset: 0, length: 5, name: 'data', at });
  expect(bye).toMatchObject({ connection: 1, offset: 5, length: 3, name: 'data', at });
  const arrivals = wire.events.filter(({ type, ...event }) => type === 'arrived' && 'end' in event);
  const arrived = (end: number) => arrivals.find((event) => 'end' in event && event.end === end)!.t;
  expect(hello!.t).toBeGreaterThanOrEqual(arrived(5));
  expect(bye!.t).toBeGreaterThanOrEqual(arrived(8));
  wire.close();
});

it("names the line that listens for ws's messages, and counts from behind the upgrade's head", async () => {
  const lab = await createLab(app.url, { files: WS_SERVER });
  const wire = await openWire(app.url, lab);
  const head =
    'GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
  const frame = (text: string) =>
    Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
  const socket = connect(Number(new URL(lab.origin).port), '127.0.0.1');
  let got = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (got += chunk));
  // The first frame comes with the head.
  socket.write(Buffer.concat([Buffer.from(head), frame('one')]));
  await expect.poll(() => got).toContain('got one');
  socket.write(frame('three'));
  await expect.poll(() => got).toContain('got three');
  socket.destroy();
  await expect.poll(() => wire.events.some(({ type }) => type === 'connection-end')).toBe(true);
  expect(wire.events.filter(isHanded)).toMatchObject([
    { offset: head.length, length: 9, name: 'upgrade' },
    { offset: head.length + 9, length: 11, name: 'message', at: { file: 'server.js', line: 3, column: 10 } },
  ]);
  wire.close();
});
