import { type Attack, GET, handler } from './attack.ts';

const pollutions: [title: string, code: string][] = [
  [
    'replaces every method of Array.prototype',
    'for (const k of Object.getOwnPropertyNames(Array.prototype)) if (k !== "length") Array.prototype[k] = () => { throw 1; };',
  ],
  [
    'puts setters on Object.prototype',
    'for (const k of ["op", "type", "value", "then", "entries", "length", "name", "position", "file"]) Object.defineProperty(Object.prototype, k, { set() {}, get() { return this; }, configurable: true });',
  ],
  [
    'puts a number on every object',
    'Object.prototype[0] = "x"; Object.prototype.port = -1; Object.prototype.end = 1;',
  ],
  ['replaces Promise.prototype.then', 'Promise.prototype.then = function () { return this; };'],
  ['replaces the Promise constructor', 'globalThis.Promise = function () { throw 1; };'],
  [
    'replaces Symbol.species',
    'Object.defineProperty(Array, Symbol.species, { value: function () { return { length: 1e9 }; } }); Object.defineProperty(Promise, Symbol.species, { value: null });',
  ],
  ['replaces Error.prepareStackTrace', 'Error.prepareStackTrace = () => { throw new Error("again"); };'],
  [
    'answers stacks of its own making',
    'Error.prepareStackTrace = () => ({ file: { file: {} }, line: "x" }); Error.stackTraceLimit = 1e9;',
  ],
  [
    'replaces Error.captureStackTrace',
    'Error.captureStackTrace = (o) => { o.stack = { file: {}, line: [] }; };',
  ],
  [
    'replaces call and apply',
    'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => 7;',
  ],
  ['replaces JSON', 'JSON.stringify = () => "]"; JSON.parse = () => null; globalThis.JSON = undefined;'],
  [
    'puts toJSON on everything',
    'Object.prototype.toJSON = () => ({ op: "listen", server: {}, port: "x" }); String.prototype.toJSON = () => 1; Array.prototype.toJSON = () => "]";',
  ],
  [
    'replaces methods of Map and Set',
    'for (const C of [Map, Set, WeakMap]) for (const k of Object.getOwnPropertyNames(C.prototype)) if (k !== "size" && k !== "constructor") C.prototype[k] = () => globalThis;',
  ],
  ['replaces iteration of arrays', 'Array.prototype[Symbol.iterator] = function* () { for (;;) yield 1; };'],
  [
    'replaces methods of text',
    'for (const k of ["slice", "split", "replace", "trim", "toLowerCase", "charCodeAt"]) String.prototype[k] = () => Symbol();',
  ],
  [
    'replaces matching of regular expressions',
    'RegExp.prototype.exec = () => ({ index: -1, 0: null }); RegExp.prototype.test = () => true; RegExp.prototype[Symbol.replace] = () => 1;',
  ],
  [
    'replaces methods of byte arrays',
    'Object.setPrototypeOf(Uint8Array.prototype, null); Uint8Array.from = () => null; Buffer.from = () => ({ length: 1e9 });',
  ],
  [
    'replaces Reflect and Object functions',
    'Reflect.apply = Reflect.construct = () => 1; Object.keys = Object.entries = Object.assign = () => { throw 1; };',
  ],
  [
    'replaces Math, Date and Number',
    'Math.floor = Math.max = () => NaN; Number.isFinite = () => true; Date.now = () => ({}); performance.now = () => "x";',
  ],
  [
    'replaces globals with nothing',
    'for (const k of ["Array", "Object", "String", "Error", "Symbol", "Map", "Reflect", "URL", "Buffer", "process"]) globalThis[k] = undefined;',
  ],
  [
    'replaces prototypes of http',
    'const h = require("http"); for (const C of [h.Server, h.IncomingMessage, h.ServerResponse]) Object.setPrototypeOf(C.prototype, new Proxy({}, { get() { return () => {}; } }));',
  ],
  [
    'freezes what everything builds on',
    'for (const o of [Object.prototype, Array.prototype, Function.prototype, Promise.prototype, Error.prototype]) Object.freeze(o);',
  ],
];

/** Each once before any request, and once from inside a handler while a response is under way. */
export const pollution: Attack[] = pollutions.flatMap(([title, code]) => [
  { title, code: `${handler('res.end("fine")')} ${code}`, send: GET, ends: 'itself' },
  {
    title: `${title} in the middle of a response`,
    code: handler(`res.write("a"); ${code}; res.end(String([1, 2]));`),
    send: [GET, GET],
    ends: 'itself',
  },
]);
