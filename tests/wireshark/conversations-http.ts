/** Recorded runs of HTTP/1.1: each a server program and what its clients say. */
import type { Conversation } from './conversation.ts';
import { END, httpProgram, rawProgram } from './programs.ts';
import { dial, say } from './talk.ts';

const get = (target: string, ...fields: string[]): string =>
  [`GET ${target} HTTP/1.1`, 'Host: localhost', ...fields, '', ''].join('\r\n');
const CLOSE = 'Connection: close';

/** The server closes after one answer. */
const once = (program: string, request = get('/', CLOSE)): Omit<Conversation, 'name'> => ({
  program,
  talk: (origin) => say(origin, request),
});

const SSE_HEAD = `res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });`;
const RAW_SSE = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n';
const CHUNKED = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n';

async function fetched(url: string, init?: RequestInit): Promise<void> {
  const response = await fetch(url, { ...init, headers: { connection: 'close', ...init?.headers } });
  await response.arrayBuffer();
}

export const HTTP_CONVERSATIONS: Conversation[] = [
  {
    name: 'polling on one connection',
    program: httpProgram(
      `res.setHeader('Content-Type', 'application/json'); res.end(JSON.stringify([{ id: 1, at: req.url }]));`,
    ),
    async talk(origin) {
      const client = await dial(origin);
      for (const after of [0, 1, 2]) {
        await client.send(get(`/messages?after=${after}`));
        await client.heard('}]');
      }
      await client.end();
    },
  },
  {
    name: 'long polling',
    program: httpProgram(`setTimeout(() => res.end('[]'), 30);`),
    async talk(origin) {
      const client = await dial(origin);
      for (const after of [0, 1]) {
        await client.send(get(`/messages?after=${after}`));
        await client.heard('[]');
      }
      await client.end();
    },
  },
  {
    name: 'keep-alive, one request after the other',
    program: httpProgram(`res.end('hello ' + req.url);`),
    async talk(origin) {
      const client = await dial(origin);
      await client.send(get('/one'));
      await client.heard('hello /one');
      await client.send(get('/two', CLOSE));
      await client.end();
    },
  },
  {
    name: 'pipelining',
    program: httpProgram(`res.end('hello ' + req.url);`),
    talk: (origin) => say(origin, get('/1') + get('/2') + get('/3', CLOSE)),
  },
  {
    name: 'a head split over many segments',
    program: httpProgram(`res.end('ok');`),
    talk: (origin) => say(origin, ...get('/split', 'X-A: b', CLOSE).match(/[^]{1,9}/g)!),
  },
  {
    name: 'HEAD, 204 and 304',
    program: httpProgram(`if (req.url === '/204') { res.statusCode = 204; res.end(); }
      else if (req.url === '/304') { res.writeHead(304, { ETag: '"a"' }); res.end(); }
      else { res.setHeader('Content-Length', 5); res.end('hello'); }`),
    async talk(origin) {
      const client = await dial(origin);
      // One after the other: tshark finds no borders among pipelined answers without bodies.
      for (const request of [
        get('/').replace('GET', 'HEAD'),
        get('/204'),
        get('/304', 'If-None-Match: "a"'),
      ]) {
        await client.send(request);
        await client.heard('\r\n\r\n');
      }
      await client.send(get('/', CLOSE));
      await client.end();
    },
  },
  {
    name: 'a JSON post',
    program: httpProgram(
      `read(req, (body) => { res.setHeader('Content-Type', 'application/json'); res.end(body); });`,
    ),
    talk: (origin) =>
      fetched(`${origin}/messages`, {
        method: 'POST',
        body: '{"text":"你好"}',
        headers: { 'content-type': 'application/json' },
      }),
  },
  {
    name: 'a form post',
    program: httpProgram(`read(req, () => { res.writeHead(303, { Location: '/done' }); res.end(); });`),
    talk: (origin) =>
      fetched(`${origin}/send`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ name: 'Ann', text: 'a b&c' }),
      }),
  },
  {
    name: 'a multipart upload',
    program: httpProgram(`read(req, (body) => res.end(String(body.length)));`),
    async talk(origin) {
      const form = new FormData();
      form.set('name', 'Ann');
      form.set('file', new Blob([Buffer.alloc(3000, 'xyz')]), 'a.txt');
      await fetched(`${origin}/upload`, { method: 'POST', body: form });
    },
  },
  {
    name: 'an upload of 300 kB',
    program: httpProgram(`read(req, (body) => res.end(String(body.length)));`),
    talk: (origin) => fetched(`${origin}/upload`, { method: 'POST', body: Buffer.alloc(300_000, 'abcdefg') }),
  },
  {
    name: 'a chunked upload with a trailer',
    program: httpProgram(`read(req, (body) => res.end(String(body.length)));`),
    talk: (origin) =>
      say(
        origin,
        'POST /upload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\n',
        '5\r\nhello\r\n',
        '6;part="two"\r\n world\r\n0\r\nX-Sum: 11\r\n\r\n',
      ),
  },
  {
    name: 'a CORS preflight and the request behind it',
    program:
      httpProgram(`const origin = { 'Access-Control-Allow-Origin': 'http://page.example', Vary: 'Origin' };
      if (req.method === 'OPTIONS') { res.writeHead(204, { ...origin, 'Access-Control-Allow-Methods': 'PUT', 'Access-Control-Allow-Headers': 'x-a', 'Access-Control-Max-Age': '600' }); res.end(); }
      else read(req, () => { res.writeHead(200, origin); res.end('put'); });`),
    talk: (origin) =>
      say(
        origin,
        'OPTIONS /x HTTP/1.1\r\nHost: localhost\r\nOrigin: http://page.example\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: x-a\r\n\r\n',
        'PUT /x HTTP/1.1\r\nHost: localhost\r\nOrigin: http://page.example\r\nX-A: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi',
      ),
  },
  {
    name: 'cookies',
    program: httpProgram(
      `res.setHeader('Set-Cookie', ['a=1; Path=/; HttpOnly', 'b=2; SameSite=Lax; Max-Age=60']); res.end(req.headers.cookie ?? '-');`,
    ),
    talk: (origin) => say(origin, get('/'), get('/', 'Cookie: a=1; b=2', CLOSE)),
  },
  {
    name: 'Expect: 100-continue',
    program: httpProgram(`read(req, (body) => res.end(body));`),
    async talk(origin) {
      const client = await dial(origin);
      await client.send(
        'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n',
      );
      await client.heard('100 Continue');
      await client.send('hello');
      await client.end();
    },
  },
  {
    name: 'early hints before the final response',
    ...once(
      rawProgram([
        'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n',
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok',
        END,
      ]),
    ),
  },
  { name: 'a request that is not HTTP', ...once(httpProgram(`res.end('ok');`), 'BREW coffee\r\n\r\n') },
  {
    name: 'a request whose header has no colon',
    ...once(httpProgram(`res.end('ok');`), 'GET / HTTP/1.1\r\nHost: localhost\r\nno colon here\r\n\r\n'),
  },
  { name: 'HTTP/1.0', ...once(httpProgram(`res.end('old');`), 'GET /old HTTP/1.0\r\n\r\n') },
  {
    name: 'HTTP/1.0 with a response that ends with the connection',
    ...once(
      rawProgram(['HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n', 'until', ' close', END]),
      'GET / HTTP/1.0\r\n\r\n',
    ),
  },
  {
    name: 'HTTP/1.1 with a response that ends with the connection',
    ...once(rawProgram(['HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil', ' close', END])),
  },
  {
    name: 'chunked streaming',
    program: httpProgram(
      `let left = 4; const timer = setInterval(() => { res.write('part ' + left + ','); if (--left === 0) { clearInterval(timer); res.end(); } }, 5);`,
    ),
    talk: (origin) => say(origin, get('/stream', CLOSE)),
  },
  {
    name: 'chunks with extensions',
    ...once(rawProgram([CHUNKED, '5;a=1\r\nhello\r\n', '6 ; b="x;y"\r\n world\r\n', '0;last\r\n\r\n', END])),
  },
  {
    name: 'chunks with trailers',
    ...once(rawProgram([CHUNKED, '3\r\nabc\r\n0\r\nX-Sum: 3\r\nX-Two: b\r\n\r\n', END])),
  },
  {
    name: 'chunk sizes with leading zeros and capitals, and chunks split over writes',
    ...once(
      rawProgram([
        CHUNKED,
        '00',
        '0A\r\n01234',
        '56789\r',
        '\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n',
        '\r\n',
        END,
      ]),
    ),
  },
  {
    name: 'two chunked responses on one connection',
    program: httpProgram(`res.write('a'); res.write('bc'); res.end(req.url);`),
    talk: (origin) => say(origin, get('/1'), get('/2', CLOSE)),
  },
  {
    name: 'odd but valid fields',
    ...once(
      rawProgram([
        'HTTP/1.1 200 \r\nX-Empty:\r\nX-Spaces:   a  b  \r\nx-CASE: Ü\r\nX-Twice: 1\r\nX-Twice: 2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
        END,
      ]),
      'GET /odd?a=%20b HTTP/1.1\r\nhOsT:localhost\r\nX-Tab:\ta\r\nConnection: close\r\n\r\n',
    ),
  },
  {
    name: 'lines that end with LF alone',
    ...once(
      rawProgram(['HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok', END]),
      'GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n',
    ),
  },
  {
    name: 'targets in absolute and asterisk form',
    program: httpProgram(`res.end(req.method + ' ' + req.url);`),
    talk: (origin) =>
      say(
        origin,
        'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n',
        'GET http://localhost/x?y HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      ),
  },
  {
    name: 'server-sent events with LF',
    ...once(
      httpProgram(
        `${SSE_HEAD} res.write(': hello\\n\\n'); res.write('id: 1\\nevent: news\\ndata: a\\ndata: b\\n\\n'); res.write('retry: 500\\n\\ndata: 你好\\n\\n'); res.end('data: never dispatched');`,
      ),
    ),
  },
  {
    name: 'server-sent events with CR',
    ...once(rawProgram([`${RAW_SSE}data: a\r\r`, 'data: b\rid: 7\r\r', END])),
  },
  {
    name: 'server-sent events with CRLF and a byte order mark',
    ...once(rawProgram([`${RAW_SSE}\xef\xbb\xbfdata: a\r\n\r`, '\ndata: b\r\n\r\n', END])),
  },
  {
    name: 'JSONP',
    ...once(
      httpProgram(
        `res.setHeader('Content-Type', 'text/javascript'); res.end('callback1({"messages":["a"]});');`,
      ),
      get('/messages?callback=callback1', CLOSE),
    ),
  },
  {
    name: 'a forever iframe',
    ...once(
      httpProgram(
        `res.setHeader('Content-Type', 'text/html'); res.write('<!doctype html><body>' + ' '.repeat(256)); res.write('<script>parent.got("a")</script>'); res.write('<script>parent.got('); res.end('"b")</script>');`,
      ),
    ),
  },
  {
    name: 'a body of 1.5 MB',
    ...once(
      httpProgram(`res.setHeader('Content-Length', 1500000); res.end(Buffer.alloc(1500000, '0123456789'));`),
    ),
  },
  {
    name: 'a chunked body of 400 kB',
    ...once(
      httpProgram(
        `for (let i = 0; i < 40; i++) res.write(Buffer.alloc(10000, String.fromCharCode(97 + i % 26))); res.end();`,
      ),
    ),
  },
  {
    name: 'chunked streaming through a buffering proxy',
    conditions: { proxy: 'buffering', proxyBufferBytes: 400, latencyMs: 4 },
    ...once(
      httpProgram(
        `let left = 12; const timer = setInterval(() => { res.write('x'.repeat(50)); if (--left === 0) { clearInterval(timer); res.end(); } }, 4);`,
      ),
    ),
  },
  {
    name: 'an unanswered request behind an idle-timeout proxy',
    conditions: { proxy: 'idle-timeout', proxyIdleMs: 100 },
    ...once(httpProgram(``), get('/never')),
  },
  {
    name: 'a slow and jittery line',
    conditions: { latencyMs: 5, jitterMs: 10, bandwidth: 200_000 },
    ...once(httpProgram(`res.end(Buffer.alloc(40000, 'slow '));`)),
  },
  {
    name: 'server-sent events cut by a reset',
    program: httpProgram(`${SSE_HEAD} res.write('data: a\\n\\n'); res.write('data: b\\n\\n');`),
    async talk(origin, { cut }) {
      const client = await dial(origin);
      await client.send(get('/events'));
      await client.heard('data: b');
      await cut({ mode: 'reset' });
      await client.end();
    },
  },
  {
    name: 'a response cut in silence',
    program: rawProgram(['HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nten bytes,'], ['ten bytes.']),
    async talk(origin, { cut }) {
      const client = await dial(origin);
      await client.send(get('/'));
      await client.heard('ten bytes,');
      await cut({ mode: 'silence' });
      await client.send(get('/lost'));
      await cut({ mode: 'reset' });
      await client.end();
    },
  },
];
