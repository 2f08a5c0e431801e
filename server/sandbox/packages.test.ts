import { on } from 'node:events';
import { createParser } from 'eventsource-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket, { type ClientOptions, type RawData } from 'ws';
import type { SandboxPool } from './contract.ts';
import { runToEnd, startProgram, testPool } from './test-support.ts';
import { WEBSOCKET_SERVERS } from './websocket-servers.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

describe.each(WEBSOCKET_SERVERS)('$title in a lab', ({ code, deflates }) => {
  const client: ClientOptions = { perMessageDeflate: deflates ? { threshold: 0 } : false };

  async function open(options: ClientOptions = client): Promise<{
    socket: WebSocket;
    next(): Promise<[RawData, boolean]>;
    finish(): Promise<string[]>;
  }> {
    const { host, sandbox } = await startProgram(pool, code);
    const socket = new WebSocket(`ws://127.0.0.1:${host.realPort(8088)}/chat?a=b`, options);
    // A connection that is lost ends the wait, and with it the test.
    const messages = on(socket, 'message', { close: ['close'] });
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
    expect(socket.extensions).toBe(deflates ? 'permessage-deflate' : '');
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
