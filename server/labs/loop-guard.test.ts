import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { guardLoops } from './loop-guard.ts';

/** Runs guarded source; the guard ends the program at its `limit`-th call. */
function run(source: string, limit = 1000): { lines: number[]; stopped: boolean; result: unknown } {
  const lines: number[] = [];
  class Stop extends Error {}
  const context = {
    out: [] as unknown[],
    __labLoop: (_file: string, line: number) => {
      lines.push(line);
      if (lines.length >= limit) throw new Stop();
    },
  };
  try {
    runInNewContext(guardLoops(source, 'client.js'), context);
    return { lines, stopped: false, result: context.out };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { lines, stopped: true, result: context.out };
  }
}

describe('every kind of loop is guarded', () => {
  it.each([
    ['while (true) {}'],
    ['while (true);'],
    ['for (;;) {}'],
    ['for (;;);'],
    ['do {} while (true)'],
    ['do ; while (true)'],
    ['var n = 0; for (;;) n++'],
    ['if (false) {} else for (;;) if (true) continue; else break'],
    ['outer: for (;;) { for (;;) continue outer }'],
    ['outer: while (true) do continue outer; while (true)'],
    [
      '(function* () { "use strict"; for (;;) yield })().next(); for (const x of (function* () { for (;;) yield 1 })()) x;',
    ],
    ['for (;;) try { continue } catch { out.push(1) }'],
    ['while (true) { try { throw 1 } catch { continue } finally { out.push(1) } }'],
    ['const f = () => { while (true) {} }; f()'],
    ['new (class { static { for (;;) {} } })()'],
  ])('%s', (source) => {
    expect(run(source).stopped).toBe(true);
  });
});

describe('a program that ends does what it did', () => {
  it.each([
    ['for (var i = 0; i < 3; i++) out.push(i)', [0, 1, 2]],
    ['for (var i = 0; i < 3; i++)\n  out.push(i)\nout.push("end")', [0, 1, 2, 'end']],
    ['var i = 0; do out.push(i++)\nwhile (i < 2)\nout.push("end")', [0, 1, 'end']],
    ['for (const k in { a: 1, b: 2 }) out.push(k)', ['a', 'b']],
    ['for (const v of [1, 2]) for (const w of [3]) out.push(v * w)', [3, 6]],
    ['a: for (var i = 0; i < 2; i++) for (;;) { out.push(i); continue a }', [0, 1]],
    [
      'for (var i = 0; i < 2; i++) if (i) out.push("one"); else out.push("zero"); out.push("end")',
      ['zero', 'one', 'end'],
    ],
    ['while (out.length < 2) out.push(1) // } a brace in a comment\nout.push("end")', [1, 1, 'end']],
    ['var f = []; for (let i = 0; i < 2; i++) f.push(() => i); f.forEach((g) => out.push(g()))', [0, 1]],
  ])('%s', (source, expected) => {
    expect(run(source).result).toEqual(expected);
  });
});

describe('positions', () => {
  it('keeps every line where it was', () => {
    const source = 'let n = 0\nfor (;;) {\n  n++\n  if (n > 3) break\n}\nwhile (n--)\n  work()\n';
    const guarded = guardLoops(source, 'client.js').split('\n');
    expect(guarded).toHaveLength(source.split('\n').length);
    expect(guarded[2]).toBe('  n++');
    expect(guarded[6]).toBe('  {__labLoop("client.js",6,1);work()}');
  });

  it('names file, line and column of the loop keyword', () => {
    expect(guardLoops('ok(); while (1) {}', 'a "b".js')).toBe(
      'ok(); while (1) {__labLoop("a \\"b\\".js",1,7);}',
    );
  });
});

describe('what is not a program with loops', () => {
  it('is returned as it was when it does not parse', () => {
    expect(guardLoops('while (true {', 'client.js')).toBe('while (true {');
  });

  it('is returned as it was without loops', () => {
    const source = '#!/usr/bin/env node\n"use strict"\n<!-- old comment\n[1].forEach(f)';
    expect(guardLoops(source, 'client.js')).toBe(source);
  });

  it('guards modules with imports and top-level await', () => {
    expect(guardLoops('import x from "./x.js"; for await (const v of x) v', 'client.js')).toBe(
      'import x from "./x.js"; for await (const v of x) {__labLoop("client.js",1,25);v}',
    );
  });

  it('leaves a loop inside a template or a string alone', () => {
    const source = 'const s = "while (true) {}"; const t = `for (;;) {}`';
    expect(guardLoops(source, 'client.js')).toBe(source);
  });
});
