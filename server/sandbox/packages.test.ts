import { on } from 'node:events';
import { createParser } from 'eventsource-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket, { type ClientOptions, type RawData } from 'ws';
import type { SandboxPool } from './contract.ts';
import { runToEnd, startProgram, testPool } from './test-support.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

/** Echoes messages as they came, says who closed and why. */
const PACKAGE_SERVER = (options: string): string => `
import { WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 8088${options} });
server.on('connection', (socket, req) => {
  console.log('open', req.url);
  socket.on('message', (data, isBinary) => {
    if (String(data) === 'ping me') socket.ping('from the lab');
    else if (String(data) === 'close me') socket.close(4001, 'as you wish');
    else socket.send(data, { binary: isBinary });
  });
  socket.on('pong', (data) => socket.send('pong ' + data));
  socket.on('close', (code, reason) => console.log('close', code, String(reason)));
  socket.on('error', (error) => console.log('error', error.code));
});`;

/** RFC 6455 by hand: on net alone when \`raw\`, else on http's upgrade. */
const HAND_MADE = (raw: boolean): string => `
const { createHash } = require('crypto');
const accept = (key) => createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
const frame = (opcode, payload) => {
  const n = payload.length;
  const head = n < 126 ? Buffer.from([0x80 | opcode, n]) : n < 65536 ? Buffer.from([0x80 | opcode, 126, n >> 8, n & 255]) : Buffer.alloc(10);
  if (n >= 65536) { head[0] = 0x80 | opcode; head[1] = 127; head.writeUInt32BE(0, 2); head.writeUInt32BE(n, 6); }
  return Buffer.concat([head, payload]);
};
function serve(socket, url) {
  console.log('open', url);
  let held = Buffer.alloc(0), chunks = [], need = 0, parts = [], kind = 0;
  const onFrame = (fin, opcode, payload) => {
    if (opcode === 9) return socket.write(frame(10, payload));
    if (opcode === 10) return socket.write(frame(1, Buffer.from('pong ' + payload)));
    if (opcode === 8) {
      console.log('close', payload.length ? payload.readUInt16BE(0) : 1005, payload.subarray(2).toString());
      return socket.end(frame(8, payload));
    }
    if (opcode !== 0) kind = opcode;
    parts.push(payload);
    if (!fin) return;
    const message = Buffer.concat(parts); parts = [];
    if (message.length < 20 && String(message) === 'ping me') return socket.write(frame(9, Buffer.from('from the lab')));
    if (message.length < 20 && String(message) === 'close me') return socket.write(frame(8, Buffer.concat([Buffer.from([4001 >> 8, 4001 & 255]), Buffer.from('as you wish')])));
    socket.write(frame(kind, message));
  };
  socket.on('error', (error) => console.log('error', error.code));
  return function feed(bytes) {
    chunks.push(bytes); let length = held.length; for (const c of chunks) length += c.length;
    if (length < need) return;
    held = Buffer.concat([held, ...chunks]); chunks = [];
    for (;;) {
      if (held.length < 2) return void (need = 2);
      let n = held[1] & 127, at = 2;
      if (n === 126) { if (held.length < 4) return void (need = 4); n = held.readUInt16BE(2); at = 4; }
      else if (n === 127) { if (held.length < 10) return void (need = 10); n = held.readUInt32BE(6); at = 10; }
      if (held.length < at + 4 + n) return void (need = at + 4 + n);
      const mask = held.subarray(at, at + 4), payload = Buffer.from(held.subarray(at + 4, at + 4 + n));
      for (let i = 0; i < n; i++) payload[i] ^= mask[i & 3];
      const first = held[0];
      held = held.subarray(at + 4 + n);
      onFrame((first & 128) !== 0, first & 15, payload);
    }
  };
}
const answer = (key) => 'HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + accept(key) + '\\r\\n\\r\\n';
${
  raw
    ? `require('net').createServer((socket) => {
  let head = '';
  socket.on('data', function onHead(bytes) {
    head += bytes.toString('latin1');
    const end = head.indexOf('\\r\\n\\r\\n');
    if (end < 0) return;
    socket.off('data', onHead);
    socket.write(answer(/sec-websocket-key: (.*)/i.exec(head)[1].trim()));
    const feed = serve(socket, head.split(' ')[1]);
    socket.on('data', feed);
    feed(Buffer.from(head.slice(end + 4), 'latin1'));
  });
}).listen(8088);`
    : `require('http').createServer().on('upgrade', (req, socket, head) => {
  socket.write(answer(req.headers['sec-websocket-key']));
  const feed = serve(socket, req.url);
  socket.on('data', feed);
  feed(head);
}).listen(8088);`
}`;

const servers = [
  { title: "ws's WebSocketServer", code: PACKAGE_SERVER(''), client: { perMessageDeflate: false } },
  {
    title: "ws's WebSocketServer with permessage-deflate",
    code: PACKAGE_SERVER(', perMessageDeflate: { threshold: 0 }'),
    client: { perMessageDeflate: { threshold: 0 } },
  },
  { title: 'a hand-made server on http', code: HAND_MADE(false), client: { perMessageDeflate: false } },
  { title: 'a hand-made server on net', code: HAND_MADE(true), client: { perMessageDeflate: false } },
];

describe.each(servers)('$title in a lab', ({ code, client }) => {
  async function open(options: ClientOptions = client): Promise<{
    socket: WebSocket;
    next(): Promise<[RawData, boolean]>;
    finish(): Promise<string[]>;
  }> {
    const { host, sandbox } = await startProgram(pool, code);
    const socket = new WebSocket(`ws://127.0.0.1:${host.realPort(8088)}/chat?a=b`, options);
    const messages = on(socket, 'message');
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return {
      socket,
      next: async () => (await messages.next()).value as [RawData, boolean],
      async finish() {
        if (socket.readyState !== WebSocket.CLOSED) {
          const closed = new Promise((resolve) => socket.once('close', resolve));
          socket.close(1000, 'bye');
          await closed;
        }
        await expect.poll(() => host.lines().length, { timeout: 5_000, interval: 5 }).toBe(2);
        sandbox.dispose();
        await host.end;
        return host.lines();
      },
    };
  }

  it('echoes text, fragments and 1 MiB of bytes', async () => {
    const { socket, next, finish } = await open();
    expect(socket.extensions).toBe(client.perMessageDeflate ? 'permessage-deflate' : '');
    socket.send('h\u00e9llo \u{1f600}');
    const [text, isBinary] = await next();
    expect([String(text), isBinary]).toEqual(['h\u00e9llo \u{1f600}', false]);
    for (const [part, fin] of [
      ['one ', false],
      ['two ', false],
      ['three', true],
    ] as const)
      socket.send(part, { fin });
    expect(String((await next())[0])).toBe('one two three');
    const megabyte = Buffer.from(
      Uint32Array.from({ length: 262_144 }, (_, n) => (n * 2_654_435_761) >>> 0).buffer,
    );
    socket.send(megabyte);
    const [bytes, wasBinary] = await next();
    expect(wasBinary).toBe(true);
    expect(megabyte.equals(bytes as Buffer)).toBe(true);
    for (let n = 0; n < 50; n++) socket.send(`burst ${n}`);
    for (let n = 0; n < 50; n++) expect(String((await next())[0])).toBe(`burst ${n}`);
    expect(await finish()).toEqual(['open /chat?a=b', 'close 1000 bye']);
  });

  it('pings and answers pings', async () => {
    const { socket, next, finish } = await open();
    const pong = new Promise<Buffer>((resolve) => socket.once('pong', resolve));
    socket.ping('from outside');
    expect(String(await pong)).toBe('from outside');
    const ping = new Promise<Buffer>((resolve) => socket.once('ping', resolve));
    const answered = next();
    socket.send('ping me');
    expect(String(await ping)).toBe('from the lab');
    expect(String((await answered)[0])).toBe('pong from the lab');
    await finish();
  });

  it('closes with the code and reason of either side', async () => {
    const { socket, finish } = await open();
    const closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve([code, String(reason)])),
    );
    socket.send('close me');
    expect(await closed).toEqual([4001, 'as you wish']);
    expect(await finish()).toEqual(['open /chat?a=b', 'close 4001 as you wish']);
  });
});

it('names the line of the learner that sent a frame through ws', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 8088, perMessageDeflate: false }).on('connection', (socket) => {\n  socket.send('hi');\n  socket.close();\n});`,
  );
  const socket = new WebSocket(`ws://127.0.0.1:${host.realPort(8088)}/`);
  await new Promise((resolve) => socket.once('close', resolve));
  sandbox.dispose();
  await host.end;
  const frames = host.calls.filter(({ bytes }) => bytes !== '').slice(-2);
  expect(frames).toMatchObject([
    { name: 'socket.write', position: { file: 'server.js', line: 3 } },
    { name: 'socket.write', position: { file: 'server.js', line: 4 } },
  ]);
});

it("serves ws's client of the same lab", async () => {
  const { host } = await runToEnd(
    pool,
    `const { WebSocket, WebSocketServer } = require('ws');
    const server = new WebSocketServer({ port: 8088 }, () => {
      const socket = new WebSocket('ws://localhost:8088/self');
      socket.on('open', () => socket.send('to myself'));
      socket.on('message', (data) => { console.log(String(data)); socket.close(); });
      socket.on('close', (code) => { console.log(code); server.close(); });
    });
    server.on('connection', (socket) => socket.on('message', (data) => socket.send('got ' + data)));`,
  );
  expect(host.lines()).toEqual(['got to myself', '1005']);
});

it('parses an event stream with eventsource-parser, as outside', async () => {
  const stream = ': note\nid: 1\nevent: greet\ndata: a\ndata: b\n\nretry: 10\ndata: c\n\n';
  const outside: string[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => outside.push(`${id} ${event} ${data}`),
    onRetry: (ms) => outside.push(`retry ${ms}`),
    onComment: (text) => outside.push(`comment ${text}`),
  });
  for (const character of stream) parser.feed(character);
  const { host } = await runToEnd(
    pool,
    `import { createParser } from 'eventsource-parser';
    const parser = createParser({ onEvent: ({ id, event, data }) => console.log(id + ' ' + event + ' ' + data), onRetry: (ms) => console.log('retry ' + ms), onComment: (text) => console.log('comment ' + text) });
    for (const character of ${JSON.stringify(stream)}) parser.feed(character);`,
  );
  expect(host.lines()).toEqual(outside);
});

it.each(['express', 'node:ws', 'https'])('says what a lab offers instead of %s', async (name) => {
  const { end } = await runToEnd(pool, `require('${name}')`);
  expect(end).toMatchObject({
    error: { code: 'MODULE_NOT_FOUND', message: expect.stringContaining('eventsource-parser') as string },
  });
});
