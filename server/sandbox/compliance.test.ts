import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { exchange, startProgram, testPool } from './test-support.ts';

/** Programs that run in real Node and in a sandbox: bytes and console must be the same. */
interface Program {
  title: string;
  /** Body of `server.js`; `http` is required, and it must call `listen(8088)`. */
  code: string;
  /** Raw requests; the last one must make the server close. */
  send: string[];
}

const get = (target = '/', extra = ''): string => `GET ${target} HTTP/1.1\r\nHost: lab\r\n${extra}\r\n`;
const last = (target = '/', extra = ''): string => get(target, `Connection: close\r\n${extra}`);
const post = (body: string, extra = ''): string =>
  `POST /p HTTP/1.1\r\nHost: lab\r\nConnection: close\r\nContent-Length: ${body.length}\r\n${extra}\r\n${body}`;
const handler = (body: string): string => `http.createServer((req, res) => { ${body} }).listen(8088);`;
const asyncHandler = (body: string): string =>
  `http.createServer(async (req, res) => { ${body} }).listen(8088);`;

const programs: Program[] = [
  { title: 'end with a text', code: handler(`res.end('hello')`), send: [last()] },
  { title: 'an empty end', code: handler(`res.end()`), send: [last()] },
  { title: 'several writes', code: handler(`res.write('a'); res.write('bc'); res.end('d')`), send: [last()] },
  { title: 'write then empty end', code: handler(`res.write('a'); res.end()`), send: [last()] },
  {
    title: 'writeHead with an object',
    code: handler(`res.writeHead(201, { 'Content-Type': 'text/plain', 'X-N': 5 }); res.end('made')`),
    send: [last()],
  },
  {
    title: 'writeHead with a reason',
    code: handler(`res.writeHead(200, 'Fine', { 'Content-Length': 2 }); res.end('ok')`),
    send: [last()],
  },
  {
    title: 'writeHead with a flat array',
    code: handler(`res.writeHead(200, ['A', '1', 'B', '2', 'A', '3']); res.end('x')`),
    send: [last()],
  },
  {
    title: 'writeHead over setHeader',
    code: handler(
      `res.setHeader('X-A', 'set'); res.setHeader('X-B', 'kept'); res.writeHead(200, { 'x-a': 'written' }); res.end('x')`,
    ),
    send: [last()],
  },
  { title: 'a head alone, then end', code: handler(`res.writeHead(204); res.end()`), send: [last()] },
  { title: 'a 304 with a body', code: handler(`res.statusCode = 304; res.end('dropped')`), send: [last()] },
  {
    title: 'HEAD',
    code: handler(`res.setHeader('X', 'y'); res.end('dropped')`),
    send: ['HEAD / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n'],
  },
  {
    title: 'header lists and appending',
    code: handler(
      `res.setHeader('Set-Cookie', ['a=1', 'b=2']); res.appendHeader('X', '1'); res.appendHeader('X', '2'); res.end()`,
    ),
    send: [last()],
  },
  { title: 'no Date', code: handler(`res.sendDate = false; res.end('x')`), send: [last()] },
  {
    title: 'a removed Date',
    code: handler(`res.removeHeader('Date'); res.removeHeader('Connection'); res.end('x')`),
    send: [last()],
  },
  {
    title: 'a status message',
    code: handler(`res.statusCode = 299; res.statusMessage = 'Odd'; res.end('x')`),
    send: [last()],
  },
  { title: 'an unknown status', code: handler(`res.statusCode = 599; res.end('x')`), send: [last()] },
  {
    title: 'keep-alive, one after the other',
    code: handler(`res.end(req.url)`),
    send: [get('/1'), get('/2'), last('/3')],
  },
  {
    title: 'pipelined requests answered out of order',
    code: handler(`setTimeout(() => res.end(req.url), req.url === '/1' ? 20 : 1)`),
    send: [get('/1') + get('/2') + last('/3')],
  },
  { title: 'HTTP/1.0', code: handler(`res.write('a'); res.end('b')`), send: ['GET / HTTP/1.0\r\n\r\n'] },
  {
    title: 'HTTP/1.0 keep-alive with a length',
    code: handler(`res.end(req.httpVersion)`),
    send: ['GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n', 'GET / HTTP/1.0\r\n\r\n'],
  },
  {
    title: 'a head in two pieces',
    code: handler(`res.end(req.headers.host)`),
    send: ['GET / HTTP/1.1\r\nHo', 'st: split\r\nConnection: close\r\n\r\n'],
  },
  { title: 'a bad request', code: handler(`res.end('never')`), send: ['NOT HTTP\r\n\r\n'] },
  {
    title: 'a missing Host',
    code: handler(`res.end('never')`),
    send: ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
  },
  {
    title: 'clientError answered by the program',
    code: `const s = http.createServer(); s.on('clientError', (e, socket) => { console.log(e.code); socket.end('HTTP/1.1 418 Nope\\r\\n\\r\\n') }); s.listen(8088);`,
    send: ['NOT HTTP\r\n\r\n'],
  },
  {
    title: 'headers as the program sees them',
    code: handler(
      `res.end(JSON.stringify([req.headers, req.rawHeaders, req.headersDistinct, req.method, req.url, req.httpVersion]))`,
    ),
    send: [
      last(
        '/a?b=c',
        'X-A: 1\r\nx-a: 2\r\nCookie: a=1\r\nCookie: b=2\r\nContent-Type: a\r\nContent-Type: b\r\nSet-Cookie: q\r\n',
      ),
    ],
  },
  {
    title: 'a body by events',
    code: handler(
      `let b = ''; req.setEncoding('utf8'); req.on('data', (c) => (b += c)); req.on('end', () => res.end(b.toUpperCase()))`,
    ),
    send: [post('hello')],
  },
  {
    title: 'a body by iteration',
    code: asyncHandler(
      `const parts = []; for await (const c of req) parts.push(c); res.end(Buffer.concat(parts))`,
    ),
    send: [post('bytes \xe4\x00\xff')],
  },
  {
    title: 'a body nobody reads',
    code: handler(`res.end('done')`),
    send: [`POST / HTTP/1.1\r\nHost: l\r\nContent-Length: 5\r\n\r\nhello`, last()],
  },
  { title: 'a body piped back', code: handler(`req.pipe(res)`), send: [post('round trip')] },
  {
    title: 'a chunked body with trailers',
    code: handler(
      `req.resume(); req.on('end', () => res.end(JSON.stringify([req.trailers, req.rawTrailers, req.complete])))`,
    ),
    send: [
      'POST / HTTP/1.1\r\nHost: l\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n5\r\nhello\r\n0\r\nX-T: v\r\n\r\n',
    ],
  },
  {
    title: 'Expect: 100-continue by default',
    code: handler(`req.on('data', () => {}); req.on('end', () => res.end('got'))`),
    send: [post('hi', 'Expect: 100-continue\r\n')],
  },
  {
    title: 'checkContinue',
    code: `const s = http.createServer(); s.on('checkContinue', (req, res) => { res.writeContinue(); req.resume(); req.on('end', () => res.end('checked')) }); s.listen(8088);`,
    send: [post('hi', 'Expect: 100-continue\r\n')],
  },
  {
    title: 'trailers of the response',
    code: handler(
      `res.writeHead(200, { Trailer: 'X-Sum' }); res.write('a'); res.addTrailers({ 'X-Sum': '1' }); res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'latin1, hex and base64 text',
    code: handler(`res.write('\\u00e4', 'latin1'); res.write('414243', 'hex'); res.end('aGk=', 'base64')`),
    send: [last()],
  },
  {
    title: 'UTF-8 text and its length',
    code: handler(`res.end('h\\u00e4 \\u4f60\\u597d \\ud83d\\ude00')`),
    send: [last()],
  },
  {
    title: 'buffers and typed arrays',
    code: handler(`res.write(Buffer.from([0, 255, 128])); res.end(new Uint8Array([1, 2, 3]))`),
    send: [last()],
  },
  {
    title: 'flushed headers',
    code: handler(`res.setHeader('X', '1'); res.flushHeaders(); setTimeout(() => res.end('later'), 5)`),
    send: [last()],
  },
  {
    title: 'events of a response',
    code: handler(
      `for (const n of ['finish', 'close']) res.on(n, () => console.log(n, res.writableFinished, res.headersSent)); res.on('prefinish', () => console.log('prefinish')); res.end('x'); console.log(res.writableEnded, res.finished)`,
    ),
    send: [last()],
  },
  {
    title: 'the callback of end',
    code: handler(`res.end('x', () => console.log('callback', res.writableEnded)); console.log('sync')`),
    send: [last()],
  },
  {
    title: 'events of a request that is read',
    code: handler(
      `for (const n of ['data', 'end', 'close']) req.on(n, (x) => console.log(n, x ? x.length : '')); req.on('end', () => res.end('x'))`,
    ),
    send: [post('abc')],
  },
  {
    title: 'write callbacks',
    code: handler(
      `res.write('a', () => console.log('a')); res.write('b', 'utf8', () => console.log('b')); res.end(() => console.log('end'))`,
    ),
    send: [last()],
  },
  {
    title: 'setHeader after the head',
    code: handler(
      `res.writeHead(200); for (const f of [() => res.setHeader('a', '1'), () => res.removeHeader('a'), () => res.writeHead(200), () => res.appendHeader('a', '1')]) try { f() } catch (e) { console.log(e.code, e.name, e.message) } res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'bad header names and values',
    code: handler(
      `for (const f of [() => res.setHeader('a b', '1'), () => res.setHeader('a', 'x\\ny'), () => res.setHeader('a', undefined), () => res.setHeader('', 'x'), () => res.writeHead(99), () => res.writeHead(200, { 'a\\u4f60': 'x' })]) try { f() } catch (e) { console.log(e.code, e.name, e.message) } res.end('ok')`,
    ),
    send: [last()],
  },
  {
    title: 'bad chunks',
    code: handler(
      `for (const c of [1, {}, true, null, [1], undefined]) try { res.write(c) } catch (e) { console.log(e.code, e.message) } try { res.end(5) } catch (e) { console.log(e.code, e.message) } res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'write after end',
    code: handler(
      `res.on('error', (e) => console.log('event', e.code, e.message)); res.end('x'); console.log(res.write('late', (e) => console.log('callback', e.code))); res.end('again', (e) => console.log('end', e.code))`,
    ),
    send: [last()],
  },
  {
    title: 'header accessors',
    code: handler(
      `res.setHeader('X-Num', 5); res.setHeader('X-List', ['a', 'b']); console.log(res.getHeader('x-num'), typeof res.getHeader('X-Num'), res.getHeaderNames().join(), res.getRawHeaderNames().join(), res.hasHeader('x-LIST'), JSON.stringify(res.getHeaders()), res.headersSent); res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'content-length given',
    code: handler(`res.setHeader('Content-Length', 3); res.write('a'); res.write('b'); res.end('c')`),
    send: [last()],
  },
  {
    title: 'transfer-encoding given',
    code: handler(`res.setHeader('Transfer-Encoding', 'chunked'); res.end('c')`),
    send: [last()],
  },
  {
    title: 'Connection: close by the program',
    code: handler(`res.setHeader('Connection', 'close'); res.end('c')`),
    send: [get()],
  },
  { title: 'shouldKeepAlive off', code: handler(`res.shouldKeepAlive = false; res.end('c')`), send: [get()] },
  {
    title: 'keepAliveTimeout told to the client',
    code: `const s = http.createServer((req, res) => res.end('x')); s.keepAliveTimeout = 9000; s.listen(8088);`,
    send: [get(), last()],
  },
  {
    title: 'early hints and processing',
    code: handler(
      `res.writeEarlyHints({ link: '</a.css>; rel=preload' }); res.writeProcessing(); res.end('x')`,
    ),
    send: [last()],
  },
  { title: 'a socket destroyed', code: handler(`req.socket.destroy()`), send: [last()] },
  {
    title: 'a response destroyed halfway',
    code: handler(`res.write('some'); setTimeout(() => res.destroy(), 5)`),
    send: [last()],
  },
  {
    title: 'the socket written to directly',
    code: handler(`req.socket.end('HTTP/1.1 200 Raw\\r\\n\\r\\nraw')`),
    send: [last()],
  },
  { title: 'a long text', code: handler(`res.end('0123456789'.repeat(30000))`), send: [last()] },
  {
    title: 'a long buffer in pieces, waiting for drain',
    code: asyncHandler(
      `for (let i = 0; i < 40; i++) if (!res.write(Buffer.alloc(20000, 65 + i % 26))) await new Promise((r) => res.once('drain', r)); res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'timers, ticks and promises in order',
    code: handler(
      `setImmediate(() => console.log('immediate')); setTimeout(() => { console.log('timeout'); res.end() }, 5); process.nextTick(() => console.log('tick')); Promise.resolve().then(() => { console.log('micro'); process.nextTick(() => console.log('tick in micro')); }).then(() => console.log('micro 2')); console.log('sync')`,
    ),
    send: [last()],
  },
  {
    title: 'url, querystring and path',
    code: `const url = require('url'), qs = require('querystring'), path = require('path'); ${handler(`const u = url.parse(req.url, true); console.log(u.pathname, u.search, JSON.stringify(u.query), u.path, u.href); const w = new URL(req.url, 'http://x'); console.log(w.searchParams.getAll('a').join(), w.pathname, qs.stringify({ a: [1, 'b c'], d: true }), path.extname('a/b.html'), path.join('/a', '../b')); res.end()`)}`,
    send: [last('/p/q?a=1&a=2&b=%20x+y')],
  },
  {
    title: 'util and events',
    code: `const util = require('util'), { EventEmitter, once } = require('events'); ${asyncHandler(`const e = new EventEmitter(); setTimeout(() => e.emit('go', 1, 2), 1); console.log((await once(e, 'go')).join()); console.log(util.format('%s %d %j', 'a', 1.5, { b: 1 }), util.inspect({ a: [1, { b: 2 }], s: 'q' }), util.isDeepStrictEqual({ a: 1 }, { a: 1 })); e.on('error', (x) => console.log('handled', x.message)); e.emit('error', new Error('m')); console.log(e.listenerCount('error'), e.eventNames().join()); res.end()`)}`,
    send: [last()],
  },
  {
    title: 'Buffer',
    code: handler(
      `const b = Buffer.from('h\\u00e4'); console.log(b.length, b.toString('hex'), b.toString('base64'), b.toString('base64url'), Buffer.concat([b, Buffer.alloc(2)]).toString('latin1').length, Buffer.byteLength('\\u4f60'), b.slice(1).length, Buffer.isBuffer(b), b.readUInt8(0), Buffer.from('aGk', 'base64').toString(), JSON.stringify(b), b.equals(Buffer.from(b)), b.indexOf('\\u00e4')); res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'listen twice and close unopened',
    code: `const s = ${handler(`res.end('x')`).replace(/;$/, '')}; try { s.listen(8088) } catch (e) { console.log(e.code, e.message) } http.createServer().close((e) => console.log(e.code, e.message)); try { http.createServer().listen(70000) } catch (e) { console.log(e.code, e.message) }`,
    send: [last()],
  },
  {
    title: 'STATUS_CODES and METHODS',
    code: handler(`res.end(http.STATUS_CODES[418] + http.METHODS.length)`),
    send: [last()],
  },
];

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

it.each(programs)('$title: the same bytes and lines as in Node', async ({ code, send }) => {
  const [node, lab] = [await runInNode(code, send), await runInSandbox(code, send)];
  expect(lab).toEqual(node);
});

interface Outcome {
  bytes: string;
  lines: string[];
}

async function runInSandbox(code: string, send: string[]): Promise<Outcome> {
  const { host, sandbox } = await startProgram(pool, `const http = require('http'); ${code}`);
  const bytes = await exchangeInTurn(host.realPort(8088), send);
  await settled(() => host.lines());
  sandbox.dispose();
  await host.end;
  return { bytes: masked(bytes), lines: host.lines() };
}

/** The same code in this process, with a port of its own and its console kept. */
async function runInNode(code: string, send: string[]): Promise<Outcome> {
  const lines: string[] = [];
  const print = (...args: unknown[]): void => void lines.push(args.map(String).join(' '));
  const require = createRequire(import.meta.url);
  const http = require('node:http') as { createServer: typeof createServer };
  let server: ReturnType<typeof createServer> | undefined;
  const patched = {
    ...http,
    createServer(...args: Parameters<typeof createServer>) {
      const made = createServer(...args);
      const listen = made.listen.bind(made) as (...given: unknown[]) => unknown;
      made.listen = ((port: unknown) => {
        if (port !== 8088) return listen(port);
        server ??= made;
        return listen(0) && made;
      }) as typeof made.listen;
      return made;
    },
  };
  const fakeRequire = (id: string): unknown => (id === 'http' ? patched : require(id));
  new Function('require', 'console', `const http = require('http'); ${code}`)(fakeRequire, { log: print });
  if (!server) throw new Error('The program made no server.');
  if (!server.listening) await new Promise((resolve) => server?.once('listening', resolve));
  const bytes = await exchangeInTurn((server.address() as AddressInfo).port, send);
  await settled(() => lines);
  await new Promise((resolve) => {
    server?.close(resolve);
    server?.closeAllConnections();
  });
  return { bytes: masked(bytes), lines };
}

function exchangeInTurn(port: number, send: string[]): Promise<string> {
  return exchange(port, ...send);
}

/** Waits until no line has been added for some turns of the event loop. */
async function settled(lines: () => string[]): Promise<void> {
  for (let quiet = 0, count = -1; quiet < 8; quiet++) {
    if (lines().length !== count) [quiet, count] = [0, lines().length];
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function masked(bytes: string): string {
  return bytes.replace(/Date: [^\r]+/g, 'Date: then');
}
