import { type Attack, GET, handler } from './attack.ts';

const LOOP = ['LOOP_STOPPED'] satisfies Attack['ends'];

/** Turns that never end, where the engine asks whether to go on. */
export const loops: Attack[] = [
  { title: 'loops with nothing in it', code: 'for (;;);', ends: LOOP },
  {
    title: 'loops inside try and finally',
    code: 'function f() { try { for (;;); } finally { f(); } } f();',
    ends: LOOP,
  },
  { title: 'loops in a request handler', code: handler('while (true);'), send: GET, ends: LOOP },
  { title: 'loops in a timer', code: 'setTimeout(() => { for (;;); }, 1);', ends: LOOP },
  { title: 'loops in an immediate', code: 'setImmediate(() => { for (;;); });', ends: LOOP },
  { title: 'loops in a labelled continue', code: 'a: for (;;) { for (;;) continue a; }', ends: LOOP },
  {
    title: 'walks an endless generator',
    code: 'function* g() { for (;;) yield 1; } for (const x of g());',
    ends: LOOP,
  },
  {
    title: 'spreads an endless iterator',
    code: 'const it = { [Symbol.iterator]: () => ({ next: () => ({ value: undefined, done: false }) }) }; let n = 0; for (const x of it) n++;',
    ends: LOOP,
  },
  {
    title: 'walks an endless async iterator',
    code: '(async () => { const it = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1, done: false }) }) }; for await (const x of it); })();',
    ends: LOOP,
  },
  { title: 'sorts with a comparator that loops', code: '[1, 2, 3].sort(() => { for (;;); });', ends: LOOP },
  {
    title: 'replaces with a function that loops',
    code: '"a".replace(/a/, () => { for (;;); });',
    ends: LOOP,
  },
  { title: 'reads a getter that loops', code: '({ get x() { for (;;); } }).x;', ends: LOOP },
  {
    title: 'matches a catastrophic regular expression',
    code: '/(a+)+$/.test("a".repeat(60) + "b");',
    ends: LOOP,
  },
  {
    title: 'matches a regular expression with a back-reference that explodes',
    code: String.raw`/^(([a-z])+.)+[A-Z]([a-z])+$/.test("a".repeat(80));`,
    ends: LOOP,
  },
  { title: 'storms with promises', code: '(function f() { Promise.resolve().then(f); })();', ends: LOOP },
  {
    title: 'storms with promises that never settle',
    code: 'const f = () => { new Promise((go) => go()).then(f).then(f); }; f();',
    ends: ['LOOP_STOPPED', 'MEMORY_LIMIT'],
  },
  { title: 'storms with nextTick', code: '(function f() { process.nextTick(f); })();', ends: LOOP },
  { title: 'storms with queueMicrotask', code: '(function f() { queueMicrotask(f); })();', ends: LOOP },
  {
    title: 'storms with ticks and promises in turn',
    code: '(function f() { process.nextTick(() => Promise.resolve().then(f)); })();',
    ends: LOOP,
  },
  {
    title: 'waits for a thenable that is its own value',
    code: 'const t = { then(go) { go(t); } }; Promise.resolve(t);',
    ends: LOOP,
  },
  {
    title: 'loops in a handler of unhandled rejections',
    code: 'process.on("unhandledRejection", () => Promise.reject(1)); Promise.reject(1);',
    ends: LOOP,
  },
  {
    title: 'loops in the handler of uncaught errors',
    code: 'process.on("uncaughtException", () => { for (;;); }); throw 1;',
    ends: LOOP,
  },
  {
    title: 'loops while it exits',
    code: 'process.on("exit", () => { for (;;); }); process.exit();',
    ends: LOOP,
  },
  {
    title: 'throws in its last tick and loops after',
    code: 'process.on("beforeExit", () => { for (;;); });',
    ends: LOOP,
  },
  {
    title: 'loops in toString of a header value',
    code: handler('res.setHeader("a", { toString() { for (;;); } }); res.end();'),
    send: GET,
    ends: [...LOOP, 'SERVER_THREW'],
  },
  {
    title: 'loops in Symbol.toPrimitive of a delay',
    code: 'setTimeout(() => {}, { [Symbol.toPrimitive]() { for (;;); } });',
    ends: LOOP,
  },
  {
    title: 'loops in a proxy that is printed',
    code: 'console.log(new Proxy({}, { ownKeys() { for (;;); } }));',
    ends: LOOP,
  },
  {
    title: 'loops in the toString of an error',
    code: 'const e = new Error(); e.toString = () => { for (;;); }; throw e;',
    ends: LOOP,
  },
  {
    title: 'loops in valueOf of a port',
    code: 'require("http").createServer().listen({ valueOf() { for (;;); } });',
    ends: 'itself',
  },
  { title: 'loops in toJSON of a thrown value', code: 'throw { toJSON() { for (;;); } };', ends: LOOP },
  {
    title: 'loops at the top of a required file',
    code: { 'server.js': 'require("./a.js");', 'a.js': 'for (;;);' },
    ends: LOOP,
  },
  {
    title: 'loops at the top of an imported module',
    code: { 'server.js': 'import "./a.js";', 'a.js': 'export {}; for (;;);' },
    ends: LOOP,
  },
  { title: 'loops after top-level await', code: 'await null; for (;;);', ends: LOOP },
  {
    title: 'loops in a finalizer of a generator',
    code: 'function* g() { try { yield; } finally { for (;;); } } for (const x of g()) break;',
    ends: LOOP,
  },
  {
    title: 'makes a text longer by replacing',
    code: 'let s = "ab"; for (;;) s = s.replace(/./g, "$&$&").slice(0, 1e5);',
    ends: ['LOOP_STOPPED', 'MEMORY_LIMIT'],
  },
];

/** Builtins that run to their end and never ask: the watchdog ends their thread. */
export const unstoppable: Attack[] = [
  { title: 'joins a quarter of a billion holes', code: 'new Array(2 ** 28).join();', ends: LOOP },
  {
    title: 'reverses an array-like of huge length',
    code: 'Array.prototype.reverse.call({ length: 2 ** 53 - 1 });',
    ends: LOOP,
  },
  {
    title: 'searches an array-like of huge length',
    code: 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);',
    ends: LOOP,
  },
  {
    title: 'joins holes inside a request handler',
    code: handler('new Array(2 ** 28).join();'),
    send: GET,
    ends: LOOP,
  },
  {
    title: 'fills an array-like of huge length in a timer',
    code: 'setTimeout(() => Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 0, 1), 1);',
    ends: LOOP,
  },
];
