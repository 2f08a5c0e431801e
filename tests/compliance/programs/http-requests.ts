/** Requests: versions, bodies, pipelining, Expect. */
import { asyncHandler, get, handler, last, post, type Program } from '../program.ts';

export const httpRequests: Program[] = [
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
    title: 'events of a request that is read',
    code: handler(
      `for (const n of ['data', 'end', 'close']) req.on(n, (x) => console.log(n, x ? x.length : '')); req.on('end', () => res.end('x'))`,
    ),
    send: [post('abc')],
  },
];
