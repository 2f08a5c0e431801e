import { type Attack, GET, handler } from './attack.ts';

const LIMIT = ['LIMIT_REACHED'] satisfies Attack['ends'];
const HTTP = 'const http = require("http");';

export const floods: Attack[] = [
  {
    title: 'sets timers without end',
    code: 'for (;;) setTimeout(() => {}, 1e6);',
    ends: LIMIT,
    limit: 'timers',
  },
  {
    title: 'sets intervals that set intervals',
    code: 'const f = () => { for (let i = 0; i < 10; i++) setInterval(f, 1); }; f();',
    ends: [...LIMIT, 'LOOP_STOPPED'],
  },
  {
    title: 'sets immediates without end',
    code: 'for (;;) setImmediate(() => {});',
    ends: LIMIT,
    limit: 'timers',
  },
  {
    title: 'listens on every port',
    code: `${HTTP} for (let i = 0; i < 100; i++) http.createServer().listen(0);`,
    ends: LIMIT,
    limit: 'open ports',
  },
  {
    title: 'makes servers without end',
    code: `${HTTP} for (;;) http.createServer().setTimeout(5).listen(0).close();`,
    ends: [...LIMIT, 'SERVER_THREW', 'MEMORY_LIMIT', 'LOOP_STOPPED'],
  },
  {
    title: 'listens and closes all the time',
    code: `${HTTP} (function f() { const s = http.createServer().listen(0, () => s.close(f)); })();`,
    ends: LIMIT,
    limit: 'opened ports per second',
  },
  {
    title: 'prints without end in one turn',
    code: 'for (let i = 0; i < 30_000; i++) console.log(i); console.log("x"); setImmediate(() => console.log("alive"));',
    ends: 'harmless',
  },
  {
    title: 'prints huge trees',
    code: 'const o = Array.from({ length: 50 }, () => Array.from({ length: 50 }, () => "x".repeat(1e4))); for (;;) console.log(o);',
    ends: [...LIMIT, 'LOOP_STOPPED', 'MEMORY_LIMIT'],
  },
  {
    title: 'marks without end',
    code: 'for (;;) performance.mark("m" + "x".repeat(1e5));',
    ends: [...LIMIT, 'LOOP_STOPPED', 'MEMORY_LIMIT'],
  },
  {
    title: 'writes more in one turn than may be sent',
    code: handler('for (;;) res.write(Buffer.alloc(1e6));'),
    send: GET,
    ends: LIMIT,
  },
  {
    title: 'writes to a client that does not read',
    code: handler('const f = () => { res.write(Buffer.alloc(4e5)); setTimeout(f, 1); }; f();'),
    send: 'GET / HTTP/1.1\r\nHost: lab\r\n\r\n',
    ends: LIMIT,
  },
  {
    title: 'writes text to a client that does not read',
    code: handler('const f = () => { res.write("x".repeat(5e4)); setTimeout(f, 1); }; f();'),
    send: 'GET / HTTP/1.1\r\nHost: lab\r\n\r\n',
    ends: [...LIMIT, 'LOOP_STOPPED'],
  },
  {
    title: 'is sent thousands of pipelined requests',
    code: `${handler('res.end()')} console.log("alive");`,
    send: ['GET / HTTP/1.1\r\nHost: lab\r\n\r\n'.repeat(5_000) + GET],
    ends: 'harmless',
  },
  {
    title: 'adds listeners to every request',
    code: handler('for (let i = 0; i < 1e5; i++) req.on("close", () => {}); res.end();'),
    send: GET,
    ends: ['LOOP_STOPPED', 'MEMORY_LIMIT', 'SERVER_THREW'],
  },
  {
    title: 'sends headers without end',
    code: handler('for (let i = 0; ; i++) res.setHeader(`h${i}`, "x".repeat(1000));'),
    send: GET,
    ends: ['LOOP_STOPPED', 'MEMORY_LIMIT', ...LIMIT],
  },
  {
    title: 'sends informational responses without end',
    code: handler('for (;;) res.writeProcessing();'),
    send: GET,
    ends: [...LIMIT, 'LOOP_STOPPED', 'MEMORY_LIMIT'],
  },
  {
    title: 'fills the queue of ticks',
    code: 'for (;;) process.nextTick(() => {});',
    ends: ['LOOP_STOPPED', 'MEMORY_LIMIT'],
  },
  {
    title: 'warns without end',
    code: 'for (let i = 0; i < 2_000; i++) process.emitWarning("w" + i); setImmediate(() => console.log("alive"));',
    ends: 'harmless',
  },
];
