/** Corners of HTTP that an imitation gets wrong first. */
import { get, handler, last, post, type Program } from '../program.ts';

const upgrade = (rest: string): string =>
  `GET /chat HTTP/1.1\r\nHost: lab\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n${rest}`;

export const specialCare: Program[] = [
  {
    title: 'answers what came before bytes that are no request, then refuses them',
    code: handler(`res.end(req.url)`),
    send: [get('/1') + 'NO REQUEST\r\n\r\n'],
  },
  {
    title: 'refuses at once what follows a request that is not answered yet',
    code: handler(`setTimeout(() => res.end('late'), 50)`),
    send: [get('/1') + 'NO REQUEST\r\n\r\n'],
  },
  {
    title: 'cuts a response that has begun when bytes follow that are no request',
    code: handler(`res.write('begun')`),
    send: [get('/1'), { until: 'begun' }, 'NO REQUEST\r\n\r\n'],
  },
  {
    title: 'tells a listener of clientError after the requests before it',
    code: `const s = http.createServer((req, res) => { console.log(req.url); res.end('x') }); s.on('clientError', (e, socket) => { console.log(e.code, e.rawPacket instanceof Buffer, socket.writable); socket.end('HTTP/1.1 400 Mine\\r\\n\\r\\n') }); s.listen(8088);`,
    send: [get('/1') + 'NO REQUEST\r\n\r\n'],
  },
  {
    title: 'closes an idle connection after keepAliveTimeout',
    code: `const s = http.createServer((req, res) => res.end('x')); s.keepAliveTimeout = 20; s.listen(8088);`,
    send: [get()],
  },
  {
    title: 'hands over what came with the head of an upgrade',
    code: `const s = http.createServer(); s.on('upgrade', (req, socket, head) => { console.log(req.url, head.toString()); socket.write('HTTP/1.1 101 Switching Protocols\\r\\n\\r\\n'); socket.on('data', (c) => socket.end('then ' + c)) }); s.listen(8088);`,
    send: [upgrade('first frame'), { until: '101' }, 'second frame'],
  },
  {
    title: 'treats an upgrade as a request when nobody listens for it',
    code: handler(`res.end(String(req.headers.upgrade))`),
    send: ['GET / HTTP/1.1\r\nHost: lab\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n'],
  },
  {
    title: 'writes and ends after the end, with and without callbacks',
    code: handler(
      `res.on('error', (e) => console.log('error', e.code)); res.end('a'); res.end(); res.end(''); console.log(res.write('b', (e) => console.log('write', e.code)), res.finished, res.writableEnded); try { res.writeHead(200) } catch (e) { console.log(e.code) }`,
    ),
    send: [last()],
  },
  {
    title: 'destroys a response with an error after its head',
    code: handler(
      `res.on('error', (e) => console.log('error', e.message)); res.on('close', () => console.log('close', res.destroyed, res.writableFinished)); res.writeHead(200, { 'Content-Length': 10 }); res.write('abc'); setTimeout(() => res.destroy(new Error('given up')), 10)`,
    ),
    send: [get(), { until: 'abc' }],
  },
  {
    title: 'keeps to a promised length, in one piece and in several',
    code: handler(
      `res.strictContentLength = true; const t = (f) => { try { f() } catch (e) { console.log(e.code, e.message) } }; if (req.url === '/short') { res.writeHead(200, { 'Content-Length': 5 }); res.write('abc'); t(() => res.end()); setTimeout(() => res.socket.destroy(), 10) } else { res.writeHead(200, { 'Content-Length': 5 }); res.write('abc'); t(() => res.write('def')); res.end('de') }`,
    ),
    send: [[last('/short')], [last('/exact')]],
  },
  {
    title: 'reads a body to its end though the response came first',
    code: handler(
      `res.end('early'); let n = 0; req.on('data', (c) => (n += c.length)); req.on('end', () => console.log('end', n, req.complete)); req.on('close', () => console.log('close', req.destroyed))`,
    ),
    send: [
      'POST /p HTTP/1.1\r\nHost: lab\r\nContent-Length: 6\r\n\r\nabc',
      { until: 'early' },
      'def',
      { half: true },
    ],
  },
  {
    title: 'answers HTTP/1.0 keep-alive in pieces by closing',
    code: handler(`res.write('a'); res.end('b')`),
    send: ['GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'],
  },
  {
    title: 'refuses an expectation it does not know',
    code: handler(`res.end('never')`),
    send: [post('hi', 'Expect: the-unexpected\r\n')],
  },
  {
    title: 'gives no body to 204, 304 and HEAD, whatever is written',
    code: handler(
      `res.statusCode = Number(req.url.slice(1)); console.log(res.write('body'), res.headersSent); res.end('more')`,
    ),
    send: [[last('/204')], [last('/304')], ['HEAD /200 HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n']],
  },
];
