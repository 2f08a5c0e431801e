/** Connections: keep-alive, pipelining, aborts, timeouts, upgrades of framing. */
import { asyncHandler, get, handler, last, post, type Program } from '../program.ts';

export const connections: Program[] = [
  {
    title: 'answers ten pipelined requests in order',
    code: handler(`setTimeout(() => res.end(req.url), req.url.charCodeAt(1) % 3)`),
    send: [Array.from({ length: 9 }, (_, n) => get(`/${n}`)).join('') + last('/9')],
  },
  {
    title: 'answers pipelined posts with bodies',
    code: asyncHandler(`let n = 0; for await (const c of req) n += c.length; res.end(req.url + n)`),
    send: [
      'POST /a HTTP/1.1\r\nHost: l\r\nContent-Length: 3\r\n\r\nabcPOST /b HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n' +
        last('/c'),
    ],
  },
  {
    title: 'closes after a request that asks for it, pipelined ones unread',
    code: handler(`console.log(req.url); res.end('x')`),
    send: [last('/1') + get('/2')],
  },
  {
    title: 'reads chunked uploads in odd pieces',
    code: asyncHandler(`const all = []; for await (const c of req) all.push(c); res.end(Buffer.concat(all))`),
    send: [
      'POST / HTTP/1.1\r\nHost: l\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nab',
      'c\r\n',
      'A\r\n0123456789\r',
      '\n0\r\n\r\n',
    ],
  },
  {
    title: 'refuses bad chunk sizes',
    code: handler(
      `req.on('error', (e) => console.log(e.code)); req.on('data', () => {}); req.on('close', () => console.log('close', req.complete))`,
    ),
    send: ['POST / HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  },
  {
    title: 'refuses two kinds of length',
    code: handler(`res.end('never')`),
    send: ['POST / HTTP/1.1\r\nHost: l\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  },
  {
    title: 'refuses too long heads',
    code: handler(`res.end('never')`),
    send: [`GET / HTTP/1.1\r\nHost: l\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`],
  },
  {
    title: 'answers HEAD as GET without a body',
    code: handler(`res.setHeader('Content-Type', 'text/plain'); res.write('a'); res.end('b')`),
    send: ['HEAD / HTTP/1.1\r\nHost: l\r\n\r\n', 'HEAD /2 HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n'],
  },
  {
    title: 'answers HEAD with a given length',
    code: handler(`res.setHeader('Content-Length', 10); res.end()`),
    send: ['HEAD / HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n'],
  },
  {
    title: 'takes other methods and their bodies',
    code: asyncHandler(`let b = ''; for await (const c of req) b += c; res.end(req.method + b)`),
    send: [
      'PUT / HTTP/1.1\r\nHost: l\r\nContent-Length: 1\r\n\r\nx',
      'DELETE / HTTP/1.1\r\nHost: l\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: l\r\n\r\n',
      'PATCH / HTTP/1.1\r\nHost: l\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    ],
  },
  {
    title: 'closes HTTP/1.0 connections after the response',
    code: handler(`res.end(req.httpVersion + req.httpVersionMinor)`),
    send: ['GET / HTTP/1.0\r\nHost: l\r\n\r\n'],
  },
  {
    title: 'streams to HTTP/1.0 without chunks',
    code: handler(`res.write('a'); setTimeout(() => res.end('b'), 2)`),
    send: ['GET / HTTP/1.0\r\n\r\n'],
  },
  {
    title: 'hears that a client left early',
    code: handler(
      `req.on('close', () => console.log('req close', req.aborted, req.destroyed)); req.on('aborted', () => console.log('aborted')); res.on('close', () => console.log('res close', res.writableFinished, res.destroyed)); res.on('finish', () => console.log('never')); res.write('begun')`,
    ),
    send: [get(), { until: 'begun' }, { reset: true }],
  },
  {
    title: 'hears that a client left during its upload',
    code: handler(
      `req.on('data', () => {}); req.on('error', (e) => console.log(e.code, e.message)); req.on('aborted', () => console.log('aborted')); req.on('close', () => console.log('close', req.complete)); res.on('close', () => console.log('res close')); res.writeContinue()`,
    ),
    send: ['POST / HTTP/1.1\r\nHost: l\r\nContent-Length: 10\r\n\r\nabc', { until: '100' }, { reset: true }],
  },
  {
    title: 'answers a client that has half closed',
    code: `const s = http.createServer((req, res) => setTimeout(() => res.end('still'), 200)); s.listen(8088);`,
    send: [get(), { half: true }],
  },
  {
    title: 'finishes before it closes',
    code: handler(
      `res.on('finish', () => console.log('finish', res.writableFinished, res.closed)); res.on('close', () => console.log('close', res.closed)); req.on('end', () => console.log('end')); req.on('close', () => console.log('req close')); req.resume(); res.end('x')`,
    ),
    send: [post('abc')],
  },
  {
    title: 'keeps a connection for two requests, then closes it idle',
    code: `const s = http.createServer((req, res) => res.end('x')); s.keepAliveTimeout = 40; s.on('connection', (c) => c.on('close', () => console.log('closed'))); s.listen(8088);`,
    send: [get(), { until: 'x' }, get()],
  },
  {
    title: 'lets a socket time out',
    code: `const s = http.createServer((req, res) => {}); s.setTimeout(40, (socket) => { console.log('timeout', typeof socket.destroy); socket.destroy() }); s.listen(8088);`,
    send: [get()],
  },
  {
    title: 'closes without a listener for timeouts',
    code: `const s = http.createServer((req, res) => { res.on('close', () => console.log('close')) }); s.timeout = 40; s.listen(8088);`,
    send: [get()],
  },
  {
    title: 'ends requests at maxRequestsPerSocket',
    code: `const s = http.createServer((req, res) => res.end(req.url)); s.maxRequestsPerSocket = 2; s.listen(8088);`,
    send: [get('/1'), { until: '/1' }, get('/2')],
  },
  {
    title: 'tells about connections',
    code: `const s = http.createServer((req, res) => { console.log(typeof req.socket.remotePort, req.socket.remoteAddress.replace('::ffff:', ''), req.connection === req.socket, req.socket.localPort > 0, req.socket.encrypted); s.getConnections((e, n) => { console.log(e, n); res.end() }) }); s.on('connection', () => console.log('connection')); s.listen(8088);`,
    send: [[last()], [last()]],
  },
  {
    title: 'expects what it cannot meet',
    code: handler(`res.end('x')`),
    send: [get('/', 'Expect: something\r\nConnection: close\r\n')],
  },
  {
    title: 'sends 100 only when the body is wanted',
    code: `const s = http.createServer((req, res) => res.end('plain')); s.on('checkContinue', (req, res) => { res.writeHead(417); res.end('no') }); s.listen(8088);`,
    send: [post('', 'Expect: 100-continue\r\n')],
  },
  {
    title: 'answers checkExpectation',
    code: `const s = http.createServer((req, res) => res.end('plain')); s.on('checkExpectation', (req, res) => { res.statusCode = 200; res.end('met ' + req.headers.expect) }); s.listen(8088);`,
    send: [last('/', 'Expect: magic\r\n')],
  },
  {
    title: 'ends twice with one response',
    code: handler(
      `res.end('a', () => console.log('first')); res.end(() => console.log('second')); console.log(res.writableEnded)`,
    ),
    send: [last()],
  },
  {
    title: 'throws from a handler after the head',
    code: `process.on('uncaughtException', (e) => console.log('caught', e.message)); ${handler(`res.write('a'); setTimeout(() => res.end('b'), 2); throw new Error('late')`)}`,
    send: [last()],
  },
  {
    title: 'rejects wrong names and values in every way',
    code: handler(
      `const t = (f) => { try { f(); console.log('fine') } catch (e) { console.log(e.name, e.code, e.message) } }; t(() => res.setHeader('a:b', '1')); t(() => res.setHeader('ok', 'x\\r\\ny: z')); t(() => res.setHeader('ok', ['a', undefined])); t(() => res.setHeader(5, '1')); t(() => res.getHeader()); t(() => res.writeHead(200, { 'bad name': 1 })); t(() => res.addTrailers({ 'a b': '1' })); t(() => res.writeHead('abc')); res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'refuses a body longer than promised',
    code: handler(
      `res.strictContentLength = true; res.setHeader('Content-Length', 2); try { res.end('abc') } catch (e) { console.log(e.code, e.message); res.end('ab') }`,
    ),
    send: [last()],
  },
  {
    title: 'counts listening and closing',
    code: `const s = http.createServer((req, res) => { res.end('bye'); s.close((e) => console.log('closed', e, s.listening)) }); s.on('listening', () => console.log('listening', s.listening, typeof s.address().port)); s.on('close', () => console.log('close event')); s.listen(8088); console.log(s.listening);`,
    send: [last()],
  },
  {
    title: 'destroys sockets without a response',
    code: handler(`req.socket.on('close', (had) => console.log('close', had)); req.socket.end()`),
    send: [get()],
  },
  {
    title: 'answers over several connections',
    code: `let n = 0; ${handler(`res.end(String(++n))`)}`,
    send: [[last()], [last()], [last()]],
  },
  {
    title: 'streams events as text/event-stream',
    code: handler(
      `res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' }); let n = 0; const t = setInterval(() => { res.write('id: ' + ++n + '\\ndata: tick\\n\\n'); if (n === 3) { clearInterval(t); res.end() } }, 2)`,
    ),
    send: [last()],
  },
];
