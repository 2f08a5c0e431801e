import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { testPool } from './test-support.ts';
import { inLab, inNode, type Step } from './twin-support.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

interface Program {
  title: string;
  code: string;
  steps: Step[];
  last?: string;
}

const http = (body: string): string => `const http = require('http'); ${body}`;
const server = (body: string, handler = `res.end('plain ' + req.url)`, options = '{}'): string =>
  http(`const s = http.createServer(${options}, (req, res) => { ${handler} }); ${body}; s.listen(PORT);`);
const asking = (protocol = 'echo', rest = ''): string =>
  `GET /up HTTP/1.1\r\nHost: l\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n${rest}`;
const SWITCH = `'HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\n'`;
const closing = 'GET /last HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n';

const programs: Program[] = [
  {
    title: 'an upgrade, then bytes both ways',
    code: server(
      `s.on('upgrade', (req, socket, head) => { console.log(req.method, req.url, req.headers.upgrade, head.length, req.upgrade); socket.write(${SWITCH}); socket.on('data', (c) => socket.write('<' + c + '>')); socket.on('end', () => { console.log('end'); socket.end() }); socket.on('close', (x) => console.log('close', x)) })`,
    ),
    steps: [asking(), { until: '\r\n\r\n' }, 'one', { until: '<one>' }, 'two', { until: '<two>' }, 'FIN'],
    last: 'close false',
  },
  {
    title: 'the first bytes in the segment of the head',
    code: server(
      `s.on('upgrade', (req, socket, head) => { console.log(Buffer.isBuffer(head), head.toString()); socket.end(${SWITCH} + head) })`,
    ),
    steps: [asking('echo', 'early bird')],
  },
  {
    title: 'an upgrade refused with a status',
    code: server(`s.on('upgrade', (req, socket) => { socket.end('HTTP/1.1 400 Bad Request\\r\\n\\r\\n') })`),
    steps: [asking()],
  },
  {
    title: 'an upgrade destroyed',
    code: server(`s.on('upgrade', (req, socket) => { socket.destroy(); console.log(socket.destroyed) })`),
    steps: [asking()],
  },
  {
    title: 'an upgrade nobody listens for is a request',
    code: server(''),
    steps: [asking(), { until: 'plain /up' }, closing],
  },
  {
    title: 'an upgrade after a request on the same connection',
    code: server(`s.on('upgrade', (req, socket) => socket.end('bye'))`),
    steps: ['GET /first HTTP/1.1\r\nHost: l\r\n\r\n', { until: 'plain /first' }, asking()],
  },
  {
    title: 'upgrades do not count as idle or all connections',
    code: server(
      `s.on('upgrade', (req, socket) => { socket.write('in'); s.closeIdleConnections(); s.closeAllConnections(); socket.on('data', (c) => socket.end('still ' + c)) })`,
    ),
    steps: [asking(), { until: 'in' }, 'here'],
  },
  {
    title: 'CONNECT with a listener',
    code: server(
      `s.on('connect', (req, socket, head) => { console.log(req.method, req.url, head.toString()); socket.end('HTTP/1.1 200 OK\\r\\n\\r\\n' + head) })`,
    ),
    steps: ['CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\nfirst'],
  },
  { title: 'CONNECT without one', code: server(''), steps: ['CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n'] },
  {
    title: 'clientError with an answer and the bytes that were wrong',
    code: server(
      `s.on('clientError', (e, socket) => { console.log(e.code, socket.writable); socket.end('HTTP/1.1 400 Mine\\r\\n\\r\\n') })`,
    ),
    steps: ['GET / HTTP/1.1\r\nbad header\r\n\r\n'],
  },
  {
    title: 'too slow a head',
    code: server(
      '',
      undefined,
      '{ headersTimeout: 60, requestTimeout: 80, connectionsCheckingInterval: 20 }',
    ),
    steps: ['GET / HT'],
  },
  {
    title: 'too slow a body',
    code: server(
      '',
      `req.resume()`,
      '{ requestTimeout: 60, headersTimeout: 50, connectionsCheckingInterval: 20 }',
    ),
    steps: ['POST / HTTP/1.1\r\nHost: l\r\nContent-Length: 9\r\n\r\nhalf'],
  },
  {
    title: 'a connection kept too long',
    code: server('', undefined, '{ keepAliveTimeout: 30 }'),
    steps: ['GET / HTTP/1.1\r\nHost: l\r\n\r\n'],
  },
  {
    title: 'server timeout with a listener',
    code: server(
      `s.setTimeout(30); s.on('timeout', (socket) => { console.log('timeout'); socket.destroy() })`,
      ``,
    ),
    steps: ['GET / HTTP/1.1\r\nHost: l\r\n\r\n'],
  },
  {
    title: 'server timeout without one',
    code: server(`s.setTimeout(30)`, ``),
    steps: ['GET / HTTP/1.1\r\nHost: l\r\n\r\n'],
  },
  {
    title: 'getConnections and closeAllConnections',
    code: server(
      '',
      `s.getConnections((e, n) => { console.log(e, n); s.close(() => console.log('closed')); s.closeAllConnections() })`,
    ),
    steps: ['GET / HTTP/1.1\r\nHost: l\r\n\r\n'],
    last: 'closed',
  },
  {
    title: 'maxRequestsPerSocket',
    code: server('s.maxRequestsPerSocket = 2'),
    steps: [
      'GET /1 HTTP/1.1\r\nHost: l\r\n\r\n',
      { until: '/1' },
      'GET /2 HTTP/1.1\r\nHost: l\r\n\r\n',
      { until: '/2' },
      'FIN',
    ],
  },
  {
    title: 'writeContinue by hand and no continue',
    code: server(
      `s.on('checkContinue', (req, res) => { if (req.url === '/no') { res.writeHead(417); return res.end() } res.writeContinue(); req.on('data', () => {}); req.on('end', () => res.end('got it')) })`,
    ),
    steps: [
      'POST /yes HTTP/1.1\r\nHost: l\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n',
      { until: '100 Continue' },
      'hi',
      { until: 'got it' },
      'POST /no HTTP/1.1\r\nHost: l\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n',
    ],
  },
];

describe('http beyond requests: the same bytes and lines as in Node', () => {
  it.each(programs)('$title', async ({ code, steps, last }) => {
    const [node, lab] = [await inNode(code, steps, last), await inLab(pool, code, steps, last)];
    expect(lab).toEqual(node);
  });
});
