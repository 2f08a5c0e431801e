import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import type { SandboxLimits } from './limits.ts';
import { exchange, runToEnd, startProgram, testPool, type TestHost } from './test-support.ts';

const GET = 'GET / HTTP/1.1\r\nHost: lab\r\n\r\n';

const pools: SandboxPool[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

/** A pool with one limit so low that a few lines meet it. */
async function poolWith(limits: Partial<SandboxLimits>): Promise<SandboxPool> {
  const pool = await testPool({ limits: { turnMs: 10_000, ...limits } });
  pools.push(pool);
  return pool;
}

/** Opens a connection that is written to and never read. */
function send(host: TestHost, bytes: string): void {
  const socket = connect(host.realPort(), '127.0.0.1', () => socket.write(bytes));
  socket.on('error', () => undefined);
  sockets.push(socket);
}

function server(body: string): string {
  return `require('http').createServer((req, res) => { ${body} }).listen(0);`;
}

/** The limit that a program with connections meets. */
async function limitMet(limits: Partial<SandboxLimits>, code: string, connections = 1) {
  const { host } = await startProgram(await poolWith(limits), code);
  for (let made = 0; made < connections; made++) send(host, GET);
  const end = await host.end;
  if (end.reason !== 'error') throw new Error(`The program ended with ${end.reason}.`);
  return end.error;
}

describe('S11 each limit is told by name and value', () => {
  it('for connections within a second', async () => {
    expect(await limitMet({ connectionsPerSecond: 3 }, server(''), 12)).toMatchObject({
      code: 'LIMIT_REACHED',
      message: 'A lab may have 3 connections per second, not more.',
      params: { limit: 'connections per second', value: 3 },
    });
  });

  const WRITES = server('const f = () => { res.write(Buffer.alloc(3e5)); setImmediate(f); }; f();');

  it('for bytes that one client does not take', async () => {
    expect(await limitMet({ unsentBytesPerConnection: 1e6 }, WRITES)).toMatchObject({
      code: 'LIMIT_REACHED',
      params: { limit: 'unsent bytes per connection', value: 1e6 },
    });
  });

  it('for bytes that all clients together do not take', async () => {
    expect(await limitMet({ unsentBytes: 2e6 }, WRITES, 3)).toMatchObject({
      code: 'LIMIT_REACHED',
      params: { limit: 'unsent bytes', value: 2e6 },
    });
  });

  it('for messages that wait for a program that does not get to them', async () => {
    const code = server('for (const end = Date.now() + 400; Date.now() < end; );');
    expect(await limitMet({ waitingMessages: 10 }, code, 30)).toMatchObject({
      code: 'LIMIT_REACHED',
      message: 'More than 10 requests and other messages waited for the program.',
      params: { limit: 'waiting messages', value: 10 },
    });
  });

  it('for open connections: one more is closed, the program goes on', async () => {
    const { host, sandbox } = await startProgram(await poolWith({ connections: 3 }), server(''));
    for (let made = 0; made < 4; made++) send(host, GET);
    await expect
      .poll(() => host.lines())
      .toContain('A lab may have 3 open connections; one more was closed.');
    expect(host.ends).toBe(0);
    sandbox.dispose();
  });

  it('for console lines, marks and timers within a second: the rest is counted, the program goes on', async () => {
    const code = `let n = 0; const timer = setInterval(() => { console.log(n); if (++n === 400) clearInterval(timer); }, 5);`;
    const { host, end } = await runToEnd(await poolWith({ eventsPerSecond: 40 }), code);
    expect(end).toEqual({ reason: 'exit', code: 0 });
    expect(host.lines().filter((line) => /^\d+$/.test(line)).length).toBeLessThan(400);
    expect(host.lines().join('\n')).toMatch(
      /\d+ more console lines, marks and timers came within a second; a lab shows 40\./,
    );
  });
});

describe('L3 compression is bounded', () => {
  it('by the number of streams that are open at once', async () => {
    const pool = await poolWith({ zlibStreams: 2 });
    const code = `const zlib = require('zlib');
zlib.createDeflate().write('a'); zlib.createGunzip(); console.log('two');
zlib.createInflateRaw();`;
    const { host, end } = await runToEnd(pool, code);
    expect(host.lines()).toEqual(['two']);
    expect(end).toMatchObject({
      error: { code: 'LIMIT_REACHED', params: { limit: 'open zlib streams', value: 2 }, at: { line: 3 } },
    });
  });

  it('so that closed streams make room, as those of a program that has ended', async () => {
    const pool = await poolWith({ zlibStreams: 2 });
    const code = `const zlib = require('zlib');
for (let n = 0; n < 20; n++) zlib.createDeflate().close();
zlib.createDeflate(); zlib.createDeflate(); console.log('fine');`;
    for (let runs = 0; runs < 3; runs++) {
      const { host, end } = await runToEnd(pool, code);
      expect([host.lines(), end]).toEqual([['fine'], { reason: 'exit', code: 0 }]);
    }
  });

  it('by the bytes that one call answers with, whatever the program allows itself', async () => {
    const pool = await poolWith({ zlibOutputBytes: 100_000 });
    const code = `const zlib = require('zlib');
const fits = zlib.deflateSync(Buffer.alloc(100_000)), bomb = zlib.deflateSync(Buffer.alloc(100_001));
console.log(zlib.inflateSync(fits).length);
for (const options of [{}, { maxOutputLength: Infinity }, { maxOutputLength: 2 ** 40 }])
  try { zlib.inflateSync(bomb, options); } catch (error) { console.log(error.code, error.message); }`;
    const { host } = await runToEnd(pool, code);
    const refused = 'ERR_BUFFER_TOO_LARGE Cannot create a Buffer larger than 100000 bytes';
    expect(host.lines()).toEqual(['100000', refused, refused, refused]);
  });

  it('also for streams, whose program hears it as an error of the stream', async () => {
    const pool = await poolWith({ zlibOutputBytes: 100_000 });
    const code = `const zlib = require('zlib');
const bomb = zlib.deflateSync(Buffer.alloc(5e6));
zlib.createInflate().on('error', (error) => console.log(error.code, error.message)).end(bomb);`;
    const { host, end } = await runToEnd(pool, code);
    expect(host.lines()).toEqual(['ERR_BUFFER_TOO_LARGE Cannot create a Buffer larger than 100000 bytes']);
    expect(end).toEqual({ reason: 'exit', code: 0 });
  });

  it('and a neighbour answers while bombs go off', async () => {
    const pool = await poolWith({ turnMs: 300 });
    const neighbour = await startProgram(pool, server('res.end("fine")'));
    const code = `const zlib = require('zlib'); let bomb = Buffer.alloc(8e6);
for (let n = 0; n < 3; n++) bomb = zlib.deflateSync(bomb);
for (;;) zlib.inflateSync(zlib.inflateSync(zlib.inflateSync(bomb)));`;
    const { end } = await runToEnd(pool, code);
    expect(end).toMatchObject({ error: { code: 'LOOP_STOPPED', params: { ms: 300 } } });
    expect(neighbour.host.restarts).toBe(0);
    const close = GET.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');
    expect(await exchange(neighbour.host.realPort(), close)).toContain('fine');
    neighbour.sandbox.dispose();
  });
});
