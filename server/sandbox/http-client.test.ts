import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { runToEnd, testPool } from './test-support.ts';
import { inLab, inNode, type Step } from './twin-support.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

interface Program {
  title: string;
  code: string;
  steps?: Step[];
  last: string;
}

/** A server of the program and what it does with it once it listens; `done` closes it. */
const own = (handler: string, client: string): string =>
  `const http = require('http'); const server = http.createServer((req, res) => { ${handler} });
  const done = () => { server.close(); server.closeAllConnections(); console.log('done') };
  server.listen(PORT, () => { ${client} });`;
const show = `(res) => { let b = ''; res.setEncoding('utf8'); res.on('data', (c) => (b += c)); res.on('end', () => { console.log(res.statusCode, res.statusMessage, b); done() }) }`;
const echo = `let b = ''; req.on('data', (c) => (b += c)); req.on('end', () => res.end(JSON.stringify([req.method, req.url, req.rawHeaders, b])))`;

const programs: Program[] = [
  {
    title: 'get',
    code: own(`res.end('hi ' + req.url)`, `http.get('http://localhost:PORT/a?b=c', ${show})`),
    last: 'done',
  },
  {
    title: 'get with options',
    code: own(
      echo,
      `http.get({ host: '127.0.0.1', port: PORT, path: '/x', headers: { 'X-A': 1, accept: ['a', 'b'] } }, ${show})`,
    ),
    last: 'done',
  },
  {
    title: 'post with end alone: a length',
    code: own(echo, `http.request({ port: PORT, method: 'POST', path: '/p' }, ${show}).end('body')`),
    last: 'done',
  },
  {
    title: 'post in pieces: chunked',
    code: own(
      echo,
      `const r = http.request({ port: PORT, method: 'post', path: '/p' }, ${show}); r.setHeader('X-Late', 'yes'); console.log(r.getHeader('host'), r.method, r.path, r.host, r.headersSent); r.write('one'); console.log(r.headersSent); r.write(Buffer.from('two')); r.end()`,
    ),
    last: 'done',
  },
  {
    title: 'url and options together, basic auth',
    code: own(
      echo,
      `http.request('http://localhost:PORT/one', { method: 'PUT', auth: 'a:b' }, ${show}).end()`,
    ),
    last: 'done',
  },
  {
    title: 'response headers and trailers',
    code: own(
      `res.writeHead(201, 'Made', { 'Set-Cookie': ['a=1', 'b=2'], 'X-Y': 'z', Trailer: 'X-T' }); res.write('x'); res.addTrailers({ 'X-T': 'sum' }); res.end()`,
      `http.get({ port: PORT }, (res) => { console.log(JSON.stringify(res.headers['set-cookie']), res.headers['x-y'], res.httpVersion, res.complete); res.resume(); res.on('end', () => { console.log(JSON.stringify(res.trailers), res.complete); done() }) })`,
    ),
    last: 'done',
  },
  {
    title: 'events in order',
    code: own(
      `res.end('x')`,
      `const r = http.get({ port: PORT, agent: false }); for (const n of ['finish', 'response', 'close']) r.on(n, () => { console.log(n); if (n === 'close') done() }); r.on('response', (res) => { res.on('end', () => console.log('end')); res.on('close', () => console.log('res close')); res.resume() })`,
    ),
    last: 'done',
  },
  {
    title: 'nobody listens there',
    code: `const http = require('http'); const server = http.createServer().listen(PORT, () => server.close(() => { const r = http.get({ host: '127.0.0.1', port: PORT }); r.on('error', (e) => console.log(e.code, e.syscall, e.message)); r.on('close', () => console.log('done')) }))`,
    last: 'done',
  },
  {
    title: 'a server that hangs up',
    code: own(
      `req.socket.destroy()`,
      `http.get({ port: PORT }).on('error', (e) => { console.log(e.code, e.message); done() })`,
    ),
    last: 'done',
  },
  {
    title: 'a response cut short',
    code: own(
      `res.write('some'); setTimeout(() => res.destroy(), 5)`,
      `http.get({ port: PORT }, (res) => { res.resume(); res.on('aborted', () => console.log('aborted')); res.on('error', (e) => console.log(e.code, e.message)); res.on('close', () => { console.log(res.complete); done() }) })`,
    ),
    last: 'done',
  },
  {
    title: 'a request destroyed',
    code: own(
      ``,
      `const r = http.get({ port: PORT }); r.on('error', (e) => console.log(e.code, e.message)); r.on('close', done); setTimeout(() => r.destroy(), 10)`,
    ),
    last: 'done',
  },
  {
    title: 'aborted by a signal',
    code: own(
      ``,
      `const c = new AbortController(); const r = http.get({ port: PORT, signal: c.signal }); r.on('error', (e) => console.log(e.name, e.code)); r.on('close', done); setTimeout(() => c.abort(), 10)`,
    ),
    last: 'done',
  },
  {
    title: 'a timeout',
    code: own(
      ``,
      `const r = http.get({ port: PORT, timeout: 20 }); r.on('timeout', () => { console.log('timeout'); r.destroy(new Error('slow')) }); r.on('error', (e) => console.log(e.message)); r.on('close', done)`,
    ),
    last: 'done',
  },
  {
    title: 'informational responses',
    code: own(
      `res.writeEarlyHints({ link: '</a.css>; rel=preload' }); res.writeProcessing(); res.end('x')`,
      `const r = http.get({ port: PORT }, ${show}); r.on('information', (i) => console.log(i.statusCode, JSON.stringify(i.headers)))`,
    ),
    last: 'done',
  },
  {
    title: 'Expect: 100-continue',
    code: own(
      echo.replace('req.rawHeaders', '0'),
      `const r = http.request({ port: PORT, method: 'POST', headers: { Expect: '100-continue', 'Content-Length': 4 } }, ${show}); r.on('continue', () => { console.log('continue'); r.end('body') }); r.flushHeaders()`,
    ),
    last: 'done',
  },
  {
    title: 'an upgrade both ways',
    code: `${own('', `const r = http.get({ port: PORT, headers: { Connection: 'Upgrade', Upgrade: 'echo' } }); r.on('upgrade', (res, socket, head) => { console.log(res.statusCode, res.headers.upgrade, head.toString()); socket.write('ping'); socket.on('data', (c) => { console.log(String(c)); socket.end() }); socket.on('close', done) })`)}
      server.on('upgrade', (req, socket, head) => { console.log(req.headers.upgrade, head.length); socket.write('HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\nhello'); socket.on('data', (c) => socket.write('echo ' + c)); socket.on('end', () => socket.end()) })`,
    last: 'done',
  },
  {
    title: 'bad arguments',
    code: own(
      '',
      `for (const f of [() => http.request({ protocol: 'ftp:' }), () => http.request('nonsense'), () => http.request({ path: '/a b' }), () => http.request({ method: 'A B' }), () => http.request({ port: PORT, headers: { 'a b': 1 } })]) try { f() } catch (e) { console.log(e.name, e.code, e.message) } done()`,
    ),
    last: 'done',
  },
  {
    title: 'fetch: text, json, bytes',
    code: own(
      `if (req.url === '/json') { res.setHeader('Content-Type', 'application/json'); res.end('{"a":[1]}') } else res.end('text ' + req.method)`,
      `(async () => { const a = await fetch('http://localhost:PORT/'); console.log(a.status, a.ok, a.statusText, a.headers.get('Connection'), await a.text(), a.bodyUsed); const b = await fetch('http://127.0.0.1:PORT/json'); console.log(b.headers.get('content-type'), JSON.stringify(await b.json())); const c = await (await fetch('http://localhost:PORT/', { method: 'POST', body: 'x' })).arrayBuffer(); console.log(c.byteLength); done() })()`,
    ),
    last: 'done',
  },
  {
    title: 'fetch: what it sends',
    code: own(
      `let b = ''; req.on('data', (c) => (b += c)); req.on('end', () => res.end(JSON.stringify([req.method, req.url, req.headers['content-type'], req.headers['content-length'], req.headers['x-a'], req.headers.accept, b])))`,
      `(async () => { console.log(await (await fetch('http://localhost:PORT/p?q#h', { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'X-A': 'b', 'Content-Type': 'application/json' } })).text()); console.log(await (await fetch(new URL('http://localhost:PORT/u'), { method: 'put', body: new URLSearchParams({ a: 'b c' }), headers: new Headers([['x-a', '1']]) })).text()); done() })()`,
    ),
    last: 'done',
  },
  {
    title: 'fetch: a body as it comes',
    code: own(
      `res.write('one'); setTimeout(() => res.end('two'), 10)`,
      `(async () => { const r = await fetch('http://localhost:PORT/'); let t = ''; for await (const c of r.body) t += Buffer.from(c).toString(); console.log(t); const reader = (await fetch('http://localhost:PORT/')).body.getReader(); let n = 0; for (;;) { const { done, value } = await reader.read(); if (done) break; n += value.length } console.log(n); done() })()`,
    ),
    last: 'done',
  },
  {
    title: 'fetch: redirects and errors',
    code: own(
      `if (req.url === '/from') { res.writeHead(302, { Location: '/to' }); res.end() } else { res.statusCode = 404; res.end(req.url) }`,
      `(async () => { const r = await fetch('http://localhost:PORT/from'); console.log(r.status, r.ok, r.redirected, r.url, await r.text()); const m = await fetch('http://localhost:PORT/from', { redirect: 'manual' }); console.log(m.status, m.headers.get('location')); try { await fetch('http://127.0.0.1:1/') } catch (e) { console.log(e.name, e.message) } const c = new AbortController(); c.abort(); try { await fetch('http://localhost:PORT/', { signal: c.signal }) } catch (e) { console.log(e.name) } done() })()`,
    ),
    last: 'done',
  },
  {
    title: 'Response and Headers by themselves',
    code: `(async () => { const h = new Headers({ A: '1' }); h.append('a', '2'); h.set('B', '3'); console.log(h.get('A'), h.has('b'), [...h].join('|'), h.get('c')); h.delete('a'); console.log([...h.keys()].join()); const r = new Response('hi', { status: 201, headers: { x: 'y' } }); console.log(r.status, r.ok, r.headers.get('x'), r.headers.get('content-type'), await r.text()); try { await r.text() } catch (e) { console.log(e.name) } const j = Response.json({ a: 1 }); console.log(j.headers.get('content-type'), JSON.stringify(await j.clone().json())); console.log('done') })()`,
    last: 'done',
  },
];

describe('S17 http clients of the lab itself: the same lines as in Node', () => {
  it.each(programs)('$title', async ({ code, steps, last }) => {
    const [node, lab] = [await inNode(code, steps, last), await inLab(pool, code, steps, last)];
    expect(lab).toEqual(node);
  });
});

it('S17 reaches no port of the machine, only those the lab listens on itself', async () => {
  let met = 0;
  const outside = createServer((socket) => {
    met += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => outside.once('listening', resolve));
  const { port } = outside.address() as AddressInfo;
  const { host } = await runToEnd(
    pool,
    `const http = require('http'), net = require('net'); const say = (e) => console.log(e.code ?? e.cause.code);
    http.get('http://127.0.0.1:${port}/').on('error', say);
    http.get({ port: ${port}, agent: false }).on('error', say);
    http.get({ port: ${port}, agent: new http.Agent(), createConnection: () => net.connect(${port}) }).on('error', say);
    net.connect(${port}).on('error', say);
    fetch('http://localhost:${port}/').catch(say);`,
  );
  outside.close();
  expect(host.lines()).toEqual(Array.from({ length: 5 }, () => 'ECONNREFUSED'));
  expect(met).toBe(0);
});
