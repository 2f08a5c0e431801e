/** util.inspect and util.format, printed. */
import type { Program } from '../program.ts';

const shows = (title: string, ...expressions: string[]): Program => ({
  title,
  code: `const util = require('util'); class A { constructor() { this.x = 1 } } class B extends A {} ${expressions.map((e) => `console.log(util.inspect(${e}));`).join(' ')}`,
});

export const util: Program[] = [
  shows(
    'inspects plain objects and arrays',
    `{ a: 1, b: 'x', c: [1, 2, 3], d: { e: { f: { g: 1 } } } }`,
    `[]`,
    `{}`,
    `[undefined, null, true, -0, 10n]`,
    `{ 'a-b': 1, $x: 2, 4: 3, [Symbol('s')]: 5 }`,
  ),
  shows(
    'inspects instances and null prototypes',
    `new A()`,
    `new B()`,
    `Object.create(null)`,
    `Object.assign(Object.create(null), { a: 1 })`,
    `Object.create({ inherited: 1 })`,
    `new (class extends Array {})(1, 2)`,
  ),
  shows(
    'inspects strings with their quotes and escapes',
    `'it\\'s'`,
    `'a"b\\'c'`,
    `'\\n\\t\\u0001\\\\'`,
    `['x\\ny']`,
    `'é😀'`,
  ),
  shows(
    'inspects functions and classes',
    `function foo() {}`,
    `() => {}`,
    `A`,
    `B`,
    `async () => {}`,
    `function* g() {}`,
    `class {}`,
    `Object.assign(function h() {}, { p: 1 })`,
  ),
  shows(
    'inspects maps, sets and typed arrays',
    `new Map([['a', 1], [{ k: 1 }, [1]]])`,
    `new Set([1, 'b', { c: 2 }])`,
    `new Uint8Array(3)`,
    `new ArrayBuffer(4)`,
    `new Float64Array([1.5, -0])`,
    `new Map()`,
  ),
  shows(
    'inspects dates, expressions and boxes',
    `new Date(0)`,
    `new Date(NaN)`,
    `/re/gi`,
    `new Number(3)`,
    `new String('abc')`,
    `Object(1n)`,
    `Symbol('q')`,
  ),
  shows(
    'inspects circles',
    `(() => { const c = { n: 1 }; c.self = c; c.l = [c]; return c })()`,
    `(() => { const p = { a: {} }; p.a.p = p.a; return p })()`,
  ),
  shows(
    'inspects getters',
    `{ get a() { return 1 }, set a(v) {}, get b() { return 2 }, set c(v) {} }`,
    `{ get a() { return { x: 1 } }, get b() { return 5 } }, { getters: true }`,
  ),
  shows(
    'inspects lists in columns',
    `Array.from({ length: 120 }, (_, k) => k * 3)`,
    `Array.from({ length: 30 }, (_, k) => 'item' + k)`,
    `[1.5, 22.25, -3, 100, 2000, 3, 4, 5, 6, 7]`,
    `['apple', 'banana', 'cherry', 'dragonfruit', 'elderberry', 'fig', 'grape']`,
    `new Array(7).fill({ a: 1 })`,
    `[1, , 3]`,
  ),
  shows(
    'breaks long objects over lines',
    `{ headers: { host: 'localhost:8080', connection: 'keep-alive', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)', accept: '*/*' }, method: 'GET', url: '/' }`,
    `{ long1: 'a'.repeat(24), long2: 'b'.repeat(28), long3: 'c'.repeat(22) }`,
    `{ t: 'line one\\nline two which is long enough to be split over more lines than one, surely' }`,
  ),
  shows(
    'inspects by options',
    `{ a: { b: { c: { d: 1 } } } }, { depth: 0 }`,
    `{ a: { b: { c: { d: 1 } } } }, { depth: null }`,
    `{ a: { b: [1] } }, { compact: false }`,
    `{ b: 1, a: 2 }, { sorted: true }`,
    `'x'.repeat(20), { maxStringLength: 5 }`,
    `[1, 2, 3, 4], { maxArrayLength: 2 }`,
    `{ a: 1, b: 't', c: null }, { colors: true }`,
    `[1, 2], { showHidden: true }`,
    `{ a: 1, b: { c: 2 } }, { breakLength: 10 }`,
  ),
  shows(
    'asks objects that inspect themselves',
    `{ [util.inspect.custom](d, o) { return 'CUSTOM ' + d + typeof o.stylize } }`,
    `{ n: { [util.inspect.custom]() { return { z: 1 } } } }`,
    `{ [Symbol.toStringTag]: 'T', a: 1 }`,
    `new (class X { get [Symbol.toStringTag]() { return 'Y' } })()`,
  ),
  {
    title: 'formats directives',
    code: `const { format } = require('util'); console.log(format('%s %s %s %s', 1, -0, { a: { b: 1 } }, [1, [2]])); console.log(format('%d %i %f %j %%', 42.5, '42.9px', '1.5x', { a: 1 }, 'extra', { b: 2 })); console.log(format('%o', { f() {} })); console.log(format('%O', { a: { b: { c: { d: 1 } } } })); console.log(format('a', 'b', 3), format(1, 'b'), format('%s'), format('%c', 'css'), format('%s %s', 'only'), format('100%', 1), format('%x %s', 1)); const c = {}; c.c = c; console.log(format('%j', c));`,
  },
  {
    title: 'promisifies and callbackifies',
    code: `const util = require('util'); const f = (a, cb) => setImmediate(cb, a === 'bad' ? new Error(a) : null, a + '!'); const p = util.promisify(f); (async () => { console.log(await p('ok')); await p('bad').catch((e) => console.log(e.message)); console.log(await util.promisify(setTimeout)(1, 'slept')); util.callbackify(async (x) => x * 2)(4, (e, v) => console.log(e, v)); util.callbackify(async () => { throw null })((e) => console.log(e.code, e.message)) })(); try { util.promisify(5) } catch (e) { console.log(e.code) }`,
  },
  {
    title: 'compares deeply',
    code: `const { isDeepStrictEqual: same } = require('util'); console.log(same({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), same([1], ['1']), same(new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]])), same(new Set([[1]]), new Set([[1]])), same(NaN, NaN), same(0, -0), same(new Date(1), new Date(2)), same(/a/, /a/g), same({ a: undefined }, {}), same(Buffer.from('a'), Buffer.from('a')));`,
  },
  {
    title: 'names types',
    code: `const { types } = require('util'); console.log(types.isDate(new Date()), types.isRegExp(/x/), types.isPromise(Promise.resolve()), types.isMap(new Map()), types.isTypedArray(Buffer.alloc(1)), types.isUint8Array(Buffer.alloc(1)), types.isAsyncFunction(async () => {}), types.isGeneratorFunction(function* () {}), types.isNativeError(new TypeError()), types.isBoxedPrimitive(Object(1)), types.isProxy({}));`,
  },
  {
    title: 'warns of what is deprecated, once',
    code: `const util = require('util'); const old = util.deprecate((x) => x + 1, 'old() is old', 'DEP_LAB'); process.on('warning', (w) => console.log(w.name, w.code, w.message)); console.log(old(1), old(2));`,
  },
];
