import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import type { SandboxEvent, SandboxPool } from './contract.ts';
import { exchange, runToEnd, startProgram, testPool, type TestHost } from './test-support.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

const CLOSE = 'GET /past?n=1 HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n';
const told = ({ events }: TestHost): string[] => events.map(tellOne);
function tellOne(event: SandboxEvent): string {
  const place =
    'position' in event && event.position ? `@${event.position.line}:${event.position.column}` : '';
  const names = { console: 'level', mark: 'name', timer: 'kind', request: 'target' };
  const name = { ...names, handed: 'name', thrown: 'fatal' }[event.type];
  return `${event.type} ${String((event as unknown as Record<string, unknown>)[name])}${place}`;
}

it('tells of timers, marks, lines and requests with their places, in order', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `const http = require('http');
const server = http.createServer();
server.on('request', (req, res) => {
  performance.mark('message 1');
  res.end();
});
server.listen(8088);
setTimeout(() => {
  console.warn('slow');
}, 1);
setImmediate(() => {});`,
  );
  await expect.poll(() => host.lines()).toEqual(['slow']);
  await exchange(host.realPort(), CLOSE);
  sandbox.dispose();
  expect(told(host)).toEqual([
    'timer immediate@11:1',
    'timer timeout@8:1',
    'console warn@9:11',
    'request /past?n=1@3:8',
    'mark message 1@4:15',
  ]);
  const times = host.events.map((event) => event.at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

it('names the line of each call that writes, also when its arguments span lines', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `const http = require('http');
http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.write('one');
  setTimeout(() => {
    res.end(JSON.stringify({
      url: req.url,
      two: String(2),
    }));
  }, 1);
}).listen(8088);`,
  );
  await exchange(host.realPort(), CLOSE);
  sandbox.dispose();
  expect(host.calls.map(({ name, position }) => [name, position?.line, position?.column])).toEqual([
    ['res.write', 4, 7],
    ['res.end', 6, 9],
  ]);
  expect(host.calls[0]!.bytes).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n3\r\none\r\n$/);
  expect(host.calls[1]!.bytes).toBe('1d\r\n{"url":"/past?n=1","two":"2"}\r\n0\r\n\r\n');
});

it('reports the end of a client that leaves', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `require('http').createServer((req, res) => {
       for (const name of ['aborted', 'close']) req.on(name, () => console.log('req', name));
       for (const name of ['finish', 'close']) res.on(name, () => console.log('res', name, res.writableFinished));
       res.write('part'); console.log('ready');
     }).listen(1)`,
  );
  const { connect } = await import('node:net');
  const socket = connect(host.realPort(), '127.0.0.1', () => socket.write(CLOSE));
  await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
  await expect.poll(() => host.lines()).toEqual(['ready', 'req aborted', 'res close false', 'req close']);
  sandbox.dispose();
});

it('waits for room once, however often a handler writes in spite of a false', async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error): void => void warnings.push(name);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const { host, sandbox } = await startProgram(
    pool,
    `require('http').createServer((req, res) => {
       let room;
       const more = (left) => {
         const room = res.write('x'.repeat(65_536));
         if (left > 0) return setTimeout(more, 1, left - 1);
         console.log(room);
         res.on('drain', () => { console.log('drain'); res.end() });
       };
       more(120);
     }).listen(1)`,
  );
  const socket = connect(host.realPort(), '127.0.0.1', () => socket.write(CLOSE));
  socket.pause();
  await vi.waitFor(() => expect(host.lines()).toContain('false'), 5_000);
  socket.resume();
  await once(socket, 'close');
  expect(host.lines()).toEqual(['false', 'drain']);
  expect(warnings).toEqual([]);
  sandbox.dispose();
  await host.end;
});

it('gives back-pressure: write answers false until drain', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `require('http').createServer((req, res) => {
       const room = res.write(Buffer.alloc(3_000_000)); console.log(room, res.writableNeedDrain);
       res.on('drain', () => { console.log('drain'); res.end() });
     }).listen(1)`,
  );
  expect((await exchange(host.realPort(), CLOSE)).length).toBeGreaterThan(3_000_000);
  expect(host.lines()).toEqual(['false true', 'drain']);
  sandbox.dispose();
});

it('holds a client back whose body nobody reads, and goes on when it is read', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `require('http').createServer(async (req, res) => {
       let bytes = 0;
       for await (const chunk of req) { bytes += chunk.length; await new Promise((r) => setImmediate(r)); }
       res.end(String(bytes));
     }).listen(1)`,
  );
  const body = Buffer.alloc(2_000_000, 'x');
  const answer = await exchange(
    host.realPort(),
    `POST / HTTP/1.1\r\nHost: l\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`,
    body,
  );
  expect(answer).toMatch(/2000000$/);
  sandbox.dispose();
});

it('prints values as they were when printed', async () => {
  const { host } = await runToEnd(
    pool,
    `const o = { list: [1], self: null }; o.self = o; console.log('%s and %d', 'text', 4.5, o); o.list.push(2);
     console.log(Buffer.from('hi'), new Map([['k', { v: 1 }]]), new Error('shown').message, [undefined, null], new URL('http://a/b?c'), Symbol('s'));
     console.group('group'); console.info('inside'); console.groupEnd(); console.assert(1 === 2, 'wrong'); console.count(); console.table([[1]]);`,
  );
  expect(host.lines()).toEqual([
    'text and 4.5 Object{list:Array{0:1},self:Object{}}',
    'Buffer{0:104,1:105} Map{k:Object{v:1}} shown Array{0:undefined,1:null} URL{href:http://a/b?c} Symbol(s)',
    'group',
    '  inside',
    'Assertion failed: wrong',
    'default: 1',
    ['┌─────────┬───┐', '│ (index) │ 0 │', '├─────────┼───┤', '│ 0       │ 1 │', '└─────────┴───┘'].join(
      '\n',
    ),
  ]);
});
