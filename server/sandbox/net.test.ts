import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { runToEnd, startProgram, testPool } from './test-support.ts';
import { inLab, inNode, type Step, talk } from './twin-support.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

interface Program {
  title: string;
  code: string;
  steps?: Step[];
  last?: string;
}

const net = (body: string): string => `const net = require('net'); ${body}`;
const serve = (body: string, options = ''): string =>
  net(`net.createServer(${options}(socket) => { ${body} }).listen(PORT);`);
/** A server and a client of it in the same program. */
const both = (server: string, client: string): string =>
  net(`const server = net.createServer((socket) => { ${server} });
  server.listen(PORT, () => { ${client} });`);
const log = (...events: string[]): string =>
  `for (const n of ${JSON.stringify(events)}) socket.on(n, (x) => console.log(n, n === 'data' ? x.length : typeof x === 'object' && x ? x.code : x ?? '-'));`;

const programs: Program[] = [
  { title: 'a server that speaks first', code: serve(`socket.end('welcome\\n')`), steps: [] },
  {
    title: 'an echo by pipe',
    code: serve(`socket.pipe(socket)`),
    steps: ['hello', { until: 'hello' }, 'FIN'],
  },
  {
    title: 'events of a connection in order',
    code: serve(
      `${log('data', 'end', 'finish', 'close', 'ready', 'connect')} socket.on('data', () => socket.end('x'))`,
    ),
    steps: ['hello', { until: 'x' }, 'FIN'],
    last: 'close false',
  },
  {
    title: 'half-open: an answer after the end',
    code: serve(
      `let got = ''; socket.on('data', (c) => (got += c)); socket.on('end', () => { console.log('ended', socket.writable, socket.readable); setTimeout(() => socket.end(got.toUpperCase()), 5) })`,
      '{ allowHalfOpen: true }, ',
    ),
    steps: ['one', 'two', 'FIN'],
  },
  {
    title: 'not half-open: the end is answered',
    code: serve(
      `${log('data', 'end', 'finish', 'close')} socket.on('end', () => console.log(socket.writable))`,
    ),
    steps: ['one', 'FIN'],
    last: 'close false',
  },
  {
    title: 'write callbacks and counted bytes',
    code: serve(
      `socket.write('h\\u00e4', () => console.log('written', socket.bytesWritten)); socket.write('00ff', 'hex'); socket.end(Buffer.from('!'), () => console.log('ended', socket.bytesWritten))`,
    ),
    steps: [],
    last: 'ended 6',
  },
  {
    title: 'setEncoding and pause',
    code: serve(
      `socket.setEncoding('utf8'); socket.pause(); console.log(socket.isPaused()); setTimeout(() => socket.resume(), 5); socket.on('data', (c) => { console.log(typeof c, c); socket.end() })`,
    ),
    steps: ['h\xc3\xa4'],
  },
  {
    title: 'async iteration',
    code: serve(
      `(async () => { let n = 0; for await (const c of socket) n += c.length; socket.end('got ' + n) })()`,
      '{ allowHalfOpen: true }, ',
    ),
    steps: ['0123456789', 'FIN'],
  },
  {
    title: 'a timeout',
    code: serve(
      `socket.setTimeout(30, () => { console.log('timeout', socket.timeout); socket.end('bye') }); console.log(socket.timeout)`,
    ),
    steps: [],
  },
  {
    title: 'a destroyed socket',
    code: serve(
      `${log('error', 'close')} socket.destroy(new Error('mine')); console.log(socket.destroyed, socket.writable)`,
    ),
    steps: [],
    last: 'close true',
  },
  {
    title: 'write after end',
    code: serve(
      `${log('error', 'finish', 'close')} socket.end('x'); socket.write('late', (e) => console.log('callback', e.code))`,
    ),
    steps: [],
    last: 'close true',
  },
  {
    title: 'bad arguments',
    code: serve(
      `for (const f of [() => socket.write(5), () => socket.write(null), () => socket.setTimeout('x'), () => socket.setTimeout(-1), () => net.connect(70000), () => net.connect({ port: 'x' }), () => net.createServer(5)]) try { f() } catch (e) { console.log(e.name, e.code) } socket.end()`,
    ),
    steps: [],
  },
  {
    title: 'a client that resets',
    code: serve(
      `socket.on('error', (e) => console.log('error', e.code, e.syscall)); socket.on('close', (x) => console.log('close', x)); socket.write('hi')`,
    ),
    steps: [{ until: 'hi' }, 'RST'],
    last: 'close true',
  },
  {
    title: 'back-pressure: write says no, drain comes',
    code: serve(
      `let i = 0; const more = () => { while (i < 40) { if (!socket.write(Buffer.alloc(20000, 65 + i++ % 26))) return socket.once('drain', more) } socket.end() }; more()`,
    ),
    steps: [],
  },
  {
    title: 'cork and uncork',
    code: serve(`socket.cork(); socket.write('a'); socket.write('b'); socket.uncork(); socket.end('c')`),
    steps: [],
  },
  {
    title: 'connections are counted, and refused above the maximum',
    code: net(`const server = net.createServer((socket) => server.getConnections((e, n) => { console.log(e, n); net.connect(PORT).on('close', () => socket.end('done')) }));
      server.maxConnections = 1; server.on('drop', () => console.log('drop')); server.listen(PORT);`),
    steps: [],
    last: 'drop',
  },
  {
    title: 'a server closes when its connections have',
    code: net(`const server = net.createServer((socket) => { server.close(() => console.log('closed')); console.log(server.listening, server.address()); socket.on('end', () => console.log('end')); socket.resume() });
      server.on('close', () => console.log('close event')); server.listen(PORT);`),
    steps: ['x', 'FIN'],
    last: 'closed',
  },
  {
    title: 'address and isIP',
    code: net(`const server = net.createServer((socket) => socket.end());
      server.listen(PORT, '127.0.0.1', () => console.log(JSON.stringify(server.address())));
      console.log(['1.2.3.4', '1.2.3', '::1', '::', '1::2::3', 'fe80::1%eth0', '::ffff:1.2.3.4', '01.2.3.4', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7', 'a', ''].map((a) => net.isIP(a)).join(), net.isIPv4('1.1.1.1'), net.isIPv6('::1'))`),
    steps: [],
  },
  {
    title: 'a client of its own server',
    code: both(
      `socket.on('data', (c) => socket.end('got ' + c))`,
      `const socket = net.connect(PORT, '127.0.0.1'); console.log(socket.connecting, socket.pending, socket.readyState); ${log('connect', 'ready', 'data', 'end', 'close')} socket.on('connect', () => console.log(socket.remoteAddress, socket.remotePort, socket.remoteFamily, socket.readyState)); socket.write('early')`,
    ),
    last: 'close false',
  },
  {
    title: 'nobody listens',
    code: both(
      '',
      `server.close(() => { const socket = net.connect(PORT, '127.0.0.1'); socket.on('error', (e) => console.log(e.message, e.code, e.syscall, e.errno)); socket.on('close', (x) => console.log('close', x)) })`,
    ),
    last: 'close true',
  },
  {
    title: 'a client that half-closes',
    code: both(
      `socket.allowHalfOpen = true; socket.resume(); socket.on('end', () => socket.end('answer'))`,
      `const socket = net.createConnection({ port: PORT, host: '127.0.0.1' }, () => socket.end('question')); ${log('finish', 'data', 'end', 'close')}`,
    ).replace('createServer(', 'createServer({ allowHalfOpen: true }, '),
    last: 'close false',
  },
  {
    title: 'a megabyte there and back',
    code: both(
      `socket.pipe(socket)`,
      `const socket = net.connect(PORT, '127.0.0.1'); let n = 0; socket.on('data', (c) => { n += c.length; if (n === 1048576) socket.end() }); socket.on('close', () => console.log('close', n)); socket.write(Buffer.alloc(1048576, 7))`,
    ),
    last: 'close 1048576',
  },
  {
    title: 'stream helpers on sockets',
    code: net(`const { pipeline } = require('stream/promises'); const { Transform, finished } = require('stream');
      net.createServer({ allowHalfOpen: true }, (socket) => { finished(socket, (e) => console.log('finished', e ?? 'well'));
        pipeline(socket, new Transform({ transform(c, e, done) { done(null, String(c).toUpperCase()) } }), socket).then(() => console.log('piped')) }).listen(PORT)`),
    steps: ['shout', 'FIN'],
    last: 'finished well',
  },
];

describe('S17 net: the same bytes and lines as in Node', () => {
  // Later versions of Node end an iterated socket in another order; the lab imitates Node 20.
  const comparable = programs.filter(
    ({ title }) => title !== 'async iteration' || process.versions.node.startsWith('20.'),
  );
  it.each(comparable)('$title', async ({ code, steps, last }) => {
    const [node, lab] = [await inNode(code, steps, last), await inLab(pool, code, steps, last)];
    expect(lab).toEqual(node);
  });
});

it.each([
  ['a name', `require('net').connect(80, 'example.com')`, 'example.com:80'],
  ['an address', `require('net').connect({ port: 22, host: '10.0.0.1' })`, '10.0.0.1:22'],
  ['a request', `require('http').get('http://example.com/x')`, 'example.com:80'],
])('S17 %s outside the lab is refused at once, by name and line', async (_title, code, name) => {
  const { end } = await runToEnd(pool, `\n${code}`);
  expect(end).toMatchObject({
    reason: 'error',
    error: { message: expect.stringContaining(name) as string, at: { file: 'server.js', line: 2 } },
  });
});

it('names the line of each write on the wire', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `require('net').createServer((socket) => {\n  socket.write('one');\n  socket.end('two');\n}).listen(8088);`,
  );
  await talk(host.realPort(8088), []);
  sandbox.dispose();
  await host.end;
  const named = host.calls.filter(({ bytes }) => bytes !== '');
  expect(named).toMatchObject([
    { name: 'socket.write', position: { line: 2 }, bytes: 'one' },
    { name: 'socket.end', position: { line: 3 }, bytes: 'two' },
  ]);
});
