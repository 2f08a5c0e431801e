/** What learners get wrong: the words, and the place the first frame names. */
import type { Program } from '../program.ts';

/** Each line is a mistake of its own; a program prints what it is told of each. */
const mistakes = (title: string, lines: readonly string[]): Program => ({
  title,
  code: `
const t = (f) => { try { f(); console.log('fine') } catch (e) { console.log(String(e), /server\\.js:(\\d+:\\d+)/.exec(e.stack)?.[1]) } };
const o = { list: [], n: null, text: 'abc', get only() { return 1 } }, a = 1, b = 2, nothing = undefined;
${lines.map((line) => `t(() => { ${line} });`).join('\n')}`,
});

export const mistakesOfLearners: Program[] = [
  mistakes('names what is not a function', [
    'o.foo();',
    'o.foo(a);',
    'o.foo(a, (x) => x);',
    'o.list.forEch((x) => x);',
    'http.createserver((req, res) => res.end());',
    'console.log(o.text.nope(a));',
    'o.text.trim().nope(a, b);',
    'a();',
    'nothing(a);',
    'o["text"](a);',
    'new o.Thing(a);',
    'new nothing(a);',
    'o.missing(JSON.stringify(a));',
  ]),
  mistakes('names the argument that is no function', ['o.list.map(nothing);']),
  {
    title: 'says in stacks which method of which class was called',
    code: `class A { m() { throw new Error('x') } } try { new A().m() } catch (e) { console.log(e.stack.split('\\n')[1].replace(/\\(.*/, '')) }`,
  },
  mistakes('names what is read of nothing', [
    'nothing.x;',
    'o.n.x.y;',
    'o.missing.x;',
    'o.list[0].name;',
    'o.n.call(a);',
    'console.log(o.n.text.length);',
    'o.n.x = a;',
    'nothing.x.y = 1;',
    'const s = `${o.n.x}`;',
    'if (a && o.n.x) a();',
  ]),
  mistakes('names what cannot be iterated', [
    'for (const x of a) a();',
    'for (const x of o.text.length) a();',
    'const [x] = a;',
    'new Set(...[o.n]).has(1).x;',
    'console.log(...[1].map((x) => x.y.z));',
  ]),
  mistakes('names constants and what is not there yet', [
    'a = 5;',
    'a += 1;',
    'console.log(later); let later = 1;',
    'console.log(unknownName);',
    'unknownCall(a);',
    'class A { constructor() {} } A();',
    'class A {} class B extends A { constructor() { this.x = 1 } } new B();',
  ]),
  mistakes('names what values cannot do', [
    '1n + a;',
    'Symbol("s") + "";',
    'new Array(-1);',
    '(5).toFixed(200);',
    'new Date("nonsense").toISOString();',
    '[].reduce((x, y) => x);',
    'decodeURIComponent("%");',
    'Object.defineProperty(1, "x", {});',
    'Object.keys(nothing);',
    'BigInt("x");',
    'BigInt(1.5);',
    '1n / 0n;',
    'new Promise();',
    '"use strict"; o.only = 5;',
  ]),
  mistakes('names what is no JSON', [
    'JSON.parse("");',
    'JSON.parse(undefined);',
    'JSON.parse({});',
    'JSON.parse("<html>");',
    'JSON.parse("<!DOCTYPE html><html><body>not found</body></html>");',
    'JSON.parse("hello");',
    'JSON.parse("{ \\"name\\": nobody, \\"and\\": \\"more than that\\" }");',
    'JSON.parse("[1, 2, x]");',
    'JSON.parse("nul");',
    'JSON.parse("[\\"open");',
  ]),
  mistakes('points at calls in stacks', [
    'throw new Error("mine");',
    'throw new RangeError("of " + o.text);',
    'o.list.concat(JSON.parse("["));',
    'new URL("no url");',
    'Buffer.alloc("5");',
    'class Mine extends Error { constructor(x) { super("mine " + x) } } throw new Mine(a);',
  ]),
];
