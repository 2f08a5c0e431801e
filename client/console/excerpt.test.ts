import { describe, expect, it } from 'vitest';
import type { SourcePosition } from '#protocol/errors';
import { excerptOf } from './excerpt.ts';

const at = (column: number): SourcePosition => ({ file: 'server.js', line: 3, column });
const line = (text: string | undefined) => () => text;

describe('excerptOf', () => {
  it('divides the line at the column and leaves the indentation out', () => {
    expect(excerptOf(at(9), undefined, line('    a = nobody(1);  '))).toEqual({
      before: 'a = ',
      at: 'n',
      after: 'obody(1);',
    });
    expect(excerptOf(at(2), undefined, line('\t}'))).toEqual({ before: '', at: '}', after: '' });
  });

  it('takes the line that the server sent before the one of the file', () => {
    const error = { code: 'SERVER_THREW', message: '', excerpt: 'ran();\n^' } as const;
    expect(excerptOf(at(1), error, line('edited();'))).toEqual({ before: '', at: 'r', after: 'an();' });
  });

  it('points behind the end of a line, and into its indentation', () => {
    expect(excerptOf(at(99), undefined, line('f('))).toEqual({ before: 'f(', at: '', after: '' });
    expect(excerptOf(at(1), undefined, line('  f('))).toEqual({ before: '', at: ' ', after: ' f(' });
  });

  it('keeps a character whole that takes two units', () => {
    expect(excerptOf(at(2), undefined, line('"😀"'))).toEqual({ before: '"', at: '😀', after: '"' });
  });

  it('cuts a long line on both sides of the column', () => {
    const { before, at: found, after } = excerptOf(at(501), undefined, line('x'.repeat(1000)))!;
    expect([before, found, after]).toEqual([`…${'x'.repeat(40)}`, 'x', `${'x'.repeat(40)}…`]);
  });

  it('is nothing where the line is unknown or blank', () => {
    expect(excerptOf(at(1), undefined, line(undefined))).toBeNull();
    expect(excerptOf(at(1), undefined, line('  '))).toBeNull();
  });
});
