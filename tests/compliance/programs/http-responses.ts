/** Responses: heads, framing, text and bytes. */
import { get, handler, last, type Program } from '../program.ts';

export const httpResponses: Program[] = [
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
    title: 'heads and texts full of quotes, tabs and letters beyond ASCII',
    code: handler(
      `res.statusMessage = 'So "quoted" \\\\'; res.setHeader('X-Quoted', 'a "b" \\\\ c\\td'); res.setHeader('X-Latin', 'caf\\xe9'); res.setHeader('X-List', ['"1"', '2\\t']); res.setHeader('X-Number', 1.5); res.end('"\\\\\\n\\u0000\\u2028\\ud800 \\u{1f600}')`,
    ),
    send: [get(), { until: 'X-Number' }, last()],
  },
  {
    title: 'a status set after writeHead',
    code: handler(
      `res.writeHead(201, { 'X-A': '"' }); res.statusCode = 500; res.end(String(res.headersSent))`,
    ),
    send: [last()],
  },
  {
    title: 'a status that is text, and one that is none',
    code: handler(
      `res.statusCode = 'none'; try { res.end('x') } catch (error) { console.log(error.code, error.message) } res.statusCode = '404'; res.end('y')`,
    ),
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
];
