import type { Attack } from './attack.ts';

/** The limit, the engine's own error where one allocation is beyond all counting, or time. */
const FULL = ['MEMORY_LIMIT', 'SERVER_THREW', 'LOOP_STOPPED'] satisfies Attack['ends'];

export const memory: Attack[] = [
  { title: 'doubles a text', code: 'let s = "x"; for (;;) s += s;', ends: FULL },
  {
    title: 'keeps long texts',
    code: 'const a = []; for (;;) a.push("x".repeat(100_000) + a.length);',
    ends: FULL,
  },
  { title: 'keeps arrays', code: 'const a = []; for (;;) a.push(new Array(1000).fill(a));', ends: FULL },
  { title: 'keeps buffers', code: 'const a = []; for (;;) a.push(Buffer.alloc(1_000_000, 1));', ends: FULL },
  { title: 'asks for one huge ArrayBuffer', code: 'new ArrayBuffer(2 ** 31);', ends: FULL },
  {
    title: 'grows a resizable ArrayBuffer',
    code: 'const b = new ArrayBuffer(1, { maxByteLength: 2 ** 30 }); for (let n = 1; ; n *= 2) b.resize(n);',
    ends: FULL,
  },
  { title: 'fills a Map', code: 'const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });', ends: FULL },
  {
    title: 'fills a Set with texts',
    code: 'const m = new Set(); for (let i = 0; ; i++) m.add(`number ${i}`);',
    ends: FULL,
  },
  { title: 'keeps closures', code: 'const a = []; for (let i = 0; ; i++) a.push(() => i);', ends: FULL },
  {
    title: 'makes symbols and property names',
    code: 'const o = {}; for (let i = 0; ; i++) o[`k${i}`] = Symbol(i);',
    ends: FULL,
  },
  {
    title: 'keeps rejected promises',
    code: 'const a = []; for (;;) a.push(Promise.reject(a.length));',
    ends: FULL,
  },
  { title: 'pads a text to two gigabytes', code: '"x".padEnd(2 ** 31 - 1);', ends: FULL },
  { title: 'repeats a text a billion times', code: '"xy".repeat(2 ** 29);', ends: FULL },
  {
    title: 'writes the JSON of a tree that shares its branches',
    code: 'let o = {}; for (let i = 0; i < 60; i++) o = { a: o, b: o }; JSON.stringify(o);',
    ends: FULL,
  },
  { title: 'makes a huge BigInt', code: 'let b = 3n; for (;;) b *= b;', ends: FULL },
  {
    title: 'fills the file system',
    code: 'const fs = require("fs"); for (let i = 0; ; i++) fs.writeFileSync(`f${i}`, "x".repeat(100_000));',
    ends: FULL,
  },
  {
    title: 'catches running out of memory and goes on',
    code: 'const a = []; for (;;) { try { for (;;) a.push(new Uint8Array(100_000)); } catch {} }',
    ends: FULL,
  },
  {
    title: 'keeps memory in listeners',
    code: 'const e = new (require("events"))(); e.setMaxListeners(0); for (;;) e.on("x", () => e);',
    ends: FULL,
  },
];

export const recursion: Attack[] = [
  { title: 'calls itself', code: 'const f = () => f() + 1; f();', ends: ['SERVER_THREW'] },
  {
    title: 'calls itself through a proxy',
    code: 'const p = new Proxy({}, { get: (t, k, self) => self[k] }); p.x;',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'calls itself through toString',
    code: 'const o = { toString: () => `${o}` }; String(o);',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'nests eval in eval',
    code: 'const f = (n) => eval(`f(${n + 1})`); f(0);',
    ends: ['SERVER_THREW', 'MEMORY_LIMIT', 'LOOP_STOPPED'],
  },
  {
    title: 'nests Function in Function',
    code: 'globalThis.f = () => new Function("f()")(); f();',
    ends: ['SERVER_THREW', 'MEMORY_LIMIT', 'LOOP_STOPPED'],
  },
  {
    title: 'is nested too deeply to be parsed',
    code: `x = ${'['.repeat(50_000)}${']'.repeat(50_000)};`,
    ends: ['SYNTAX_ERROR'],
  },
  {
    title: 'is one endless sum',
    code: `x = ${'1+'.repeat(100_000)}1; console.log('alive');`,
    ends: ['SYNTAX_ERROR', 'SERVER_THREW', 'MEMORY_LIMIT', 'LOOP_STOPPED'],
  },
  {
    title: 'evaluates what is nested too deeply',
    code: 'try { eval("(".repeat(1e5)); } catch {} console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'parses JSON that is nested too deeply',
    code: 'try { JSON.parse("[".repeat(1e5)); } catch {} console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'compiles a regular expression that is nested too deeply',
    code: 'try { new RegExp("(".repeat(1e5)); } catch {} console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'prints an object that is nested deeply',
    code: 'let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; console.log(o); console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'throws what is nested deeply',
    code: 'let o = {}; for (let i = 0; i < 5e3; i++) o = { o }; throw o;',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'chains bound functions',
    code: 'let f = () => 1; for (let i = 0; i < 5e3; i++) f = f.bind(null); try { f(); } catch {} console.log("alive");',
    ends: 'itself',
  },
  {
    title: 'chains prototypes',
    code: 'let o = {}; for (let i = 0; i < 2e4; i++) o = Object.create(o); o.missing; console.log("alive");',
    ends: 'harmless',
  },
];
