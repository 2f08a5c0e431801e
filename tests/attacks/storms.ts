import { type Attack, GET, handler } from './attack.ts';

const LOOP = ['LOOP_STOPPED'] satisfies Attack['ends'];
const MEMORY = [...LOOP, 'MEMORY_LIMIT'] satisfies Attack['ends'];

/** Features of the language turned against whoever runs it. */
export const storms: Attack[] = [
  { title: 'throws and catches all the time', code: 'for (;;) try { null.x; } catch {}', ends: LOOP },
  {
    title: 'throws and catches in a handler',
    code: handler('for (;;) try { throw new Error("again"); } catch {}'),
    send: GET,
    ends: LOOP,
  },
  {
    title: 'waits on shared memory for ever',
    code: 'try { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); } catch {} console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'registers finalizers that register',
    code: 'const r = new FinalizationRegistry(() => { for (;;) r.register({}, 1); }); for (;;) r.register({}, 1);',
    ends: [...MEMORY, 'SERVER_THREW'],
  },
  {
    title: 'keeps weak references',
    code: 'const all = []; for (;;) all.push(new WeakRef({ n: all.length }));',
    ends: MEMORY,
  },
  {
    title: 'throws an error whose stack is a getter that loops',
    code: 'const e = new Error(); Object.defineProperty(e, "stack", { get() { for (;;); } }); throw e;',
    ends: LOOP,
  },
  {
    title: 'rejects with an error whose message is a getter that loops',
    code: 'const e = new Error(); Object.defineProperty(e, "message", { get() { for (;;); } }); Promise.reject(e);',
    ends: LOOP,
  },
  {
    title: 'answers toJSON with something that has toJSON',
    code: 'const o = () => ({ toJSON: () => ({ a: o() }) }); JSON.stringify(o());',
    ends: [...MEMORY, 'SERVER_THREW'],
  },
  {
    title: 'clones a giant that holds itself',
    code: 'const a = []; for (let i = 0; i < 5e4; i++) a.push({ a }); for (;;) structuredClone(a);',
    ends: [...MEMORY, 'SERVER_THREW'],
  },
  {
    title: 'clones what is nested deeply',
    code: 'let o = {}; for (let i = 0; i < 5e4; i++) o = { o }; structuredClone(o);',
    ends: [...MEMORY, 'SERVER_THREW'],
  },
  {
    title: 'prints a proxy with a hundred thousand keys',
    code: 'for (;;) console.log(new Proxy({}, { ownKeys: () => Array.from({ length: 1e5 }, (_, i) => "k" + i) }));',
    ends: [...MEMORY, 'SERVER_THREW'],
  },
  {
    title: 'prints an array that claims four billion elements',
    code: 'console.log(new Proxy([], { get: (t, k) => (k === "length" ? 2 ** 32 : t[k]) })); console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'imports without end what is not there',
    code: 'for (let n = 0; ; n++) import("./none" + n + ".js").catch(() => {});',
    ends: MEMORY,
  },
  { title: 'imports without end what is there', code: 'for (;;) import("node:http");', ends: MEMORY },
  {
    title: 'awaits one import after the other',
    code: '(async () => { for (;;) await import("./none.js").catch(() => {}); })();',
    ends: LOOP,
  },
  {
    title: 'waits at the top of its module for ever',
    code: 'export {}; console.log("waiting"); await new Promise(() => {});',
    ends: 'itself',
  },
  {
    title: 'sets timers with delays that are none',
    code: 'for (const ms of [NaN, -1, Infinity, 2 ** 31, 1e308, "x", {}, null]) clearTimeout(setTimeout(() => {}, ms)); console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'sets timers of no delay that set timers',
    code: 'const f = () => setTimeout(f, NaN); for (let i = 0; i < 500; i++) f();',
    ends: 'itself',
  },
  {
    title: 'asks for endless stack traces',
    code: 'Error.stackTraceLimit = Infinity; const f = () => f(); try { f(); } catch {} console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'pads a text to twice its length',
    code: 'let s = "x"; for (;;) s = s.padEnd(s.length * 2);',
    ends: [...MEMORY, 'SERVER_THREW'],
  },
  {
    title: 'walks a set that grows as it is walked',
    code: 'const s = new Set([1]); for (const x of s) { s.delete(x); s.add(x); }',
    ends: LOOP,
  },
  {
    title: 'spreads sixteen million arguments',
    code: 'Math.max(...new Array(2 ** 24));',
    ends: [...MEMORY, 'SERVER_THREW'],
  },
  {
    title: 'flattens four billion holes',
    code: 'new Array(2 ** 32 - 1).flat(Infinity);',
    ends: LOOP,
  },
  {
    title: 'writes a bigint of a hundred thousand digits',
    code: 'for (;;) (10n ** 100_000n).toString();',
    ends: [...LOOP, 'MEMORY_LIMIT', 'SERVER_THREW'],
  },
];
