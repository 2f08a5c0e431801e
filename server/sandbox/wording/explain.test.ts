import { describe, expect, it } from 'vitest';
import { readScripts, type Script } from '../syntax.ts';
import { frameAt } from './call-place.ts';
import { explain } from './explain.ts';
import { recursionAt } from './recursion.ts';
import type { Place, Source } from './source.ts';
import { syntaxWords } from './syntax-words.ts';

function sourceOf(text: string): Source {
  const read = readScripts({ 'server.js': text });
  if ('error' in read) throw new Error(read.error.message);
  return { script: read.scripts.get('server.js') as Script, text };
}
const line1 = (column: number): Place => ({ line: 1, column });

/** The engine's words and column, the script, V8's words and column. */
const CASES: [engine: string, column: number, script: string, v8: string, at: number][] = [
  ['not a function', 7, 'o.foo(a);', 'o.foo is not a function', 3],
  ['not a function', 7, 'o.foo(n => n);', 'o.foo is not a function', 3],
  ['not a function', 5, 'f(g(a.b)); function f() {}', 'g is not a function', 3],
  ['not a function', 19, 'r.x(JSON.stringify(a));', 'r.x is not a function', 3],
  ['not a function', 3, 'x()();function x() {}', 'x(...) is not a function', 4],
  ['not a function', 8, "o['x'](a);", 'o.x is not a function', 7],
  ['not a function', 11, 'new o.Foo(a);', 'o.Foo is not a constructor', 1],
  ['not a constructor', 5, 'new a.B();', 'a.B is not a constructor', 1],
  [
    "cannot read property 'w' of undefined",
    1,
    'u.v.w.x;',
    "Cannot read properties of undefined (reading 'w')",
    5,
  ],
  ["cannot read property '0' of null", 1, 'u[0];', "Cannot read properties of null (reading '0')", 2],
  ["cannot set property 'w' of null", 7, 'u.w = a;', "Cannot set properties of null (setting 'w')", 5],
  [
    'cannot convert undefined or null to object',
    1,
    'const { q } = n;',
    "Cannot destructure property 'q' of 'n' as it is undefined or null.",
    9,
  ],
  ['value is not iterable', 17, 'for (const a of o.list) a();', 'o.list is not iterable', 19],
  ['value is not iterable', 6, 'f(...o);', 'o is not iterable', 6],
  ["cannot read property 'Symbol.iterator' of undefined", 1, 'const [q] = n;', 'n is not iterable', 13],
  ["'K' is read-only", 6, 'K += a;', 'Assignment to constant variable.', 3],
  [
    'cannot convert BigInt to number',
    5,
    '5n + 1;',
    'Cannot mix BigInt and other types, use explicit conversions',
    4,
  ],
];

describe("the engine's words become V8's", () => {
  it.each(CASES)('%s at column %i of %s', (message, column, script, words, at) => {
    const explained = explain(sourceOf(script), { message, at: line1(column), native: '', callee: '' });
    expect(explained).toEqual({ message: words, at: line1(at) });
  });

  it.each([
    ['not a function', 'map', '[1].map(n);', 5, 'n is not a function', 5],
    ['not a function', 'Promise', 'new Promise(n);', 13, 'Promise resolver n is not a function', 1],
    ['Date value is NaN', 'toISOString', 'd.toISOString();', 3, 'Invalid time value', 3],
    ['circular reference', 'stringify', 'JSON.stringify(o);', 16, 'Converting circular structure to JSON', 6],
  ])('%s of %s', (message, native, script, column, words, at) => {
    const explained = explain(sourceOf(script), { message, at: line1(column), native, callee: '' });
    expect(explained).toEqual({ message: words, at: line1(at) });
  });

  it('and stay where the script tells nothing', () => {
    expect(explain(sourceOf('x;'), { message: 'odd', at: line1(1), native: '', callee: '' })).toBeUndefined();
  });
});

it('places a frame at the call of the function above it', () => {
  expect(frameAt(sourceOf('a.b(c(d));'), line1(7), 'b')).toEqual(line1(3));
  expect(frameAt(sourceOf('a.b(c(d));'), line1(7), 'c')).toEqual(line1(5));
  expect(frameAt(sourceOf('throw new Error(d);'), line1(17), 'Error')).toEqual(line1(7));
});

it.each([
  ['function f() { return f(); }', 23],
  ['class A { get x() { return this.x; } }', 33],
  ['const f = () => f();', 17],
])('finds the call that never ends: %s', (text, column) => {
  const sources = new Map([['server.js', sourceOf(text)]]);
  expect(recursionAt(sources)).toEqual({ file: 'server.js', line: 1, column });
});

it('blames none of several recursions', () => {
  const text = 'function f() { f(); } function g() { g(); }';
  expect(recursionAt(new Map([['server.js', sourceOf(text)]]))).toBeUndefined();
});

it.each([
  ['foo(;', 4, "Unexpected token ';'"],
  ['a b', 2, "Unexpected identifier 'b'"],
  ['{', 1, 'Unexpected end of input'],
  ['f(1 2)', 4, 'missing ) after argument list'],
  ['if (a b) {}', 6, "Unexpected identifier 'b'"],
  ['const x;', 7, 'Missing initializer in const declaration'],
  ['await f()', 6, 'await is only valid in async functions and the top level bodies of modules'],
])('names what the parser did not expect: %s', (source, at, words) => {
  expect(syntaxWords('Unexpected token', source, at)).toBe(words);
});
