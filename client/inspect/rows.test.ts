import { describe, expect, it } from 'vitest';
import type { Field } from '../dissect/records.ts';
import { fieldAt, foldedPart, hexRows, letterOf } from './rows.ts';

const shown = (rows: ReturnType<typeof hexRows>) => rows.map(({ type, from, to }) => `${type} ${from}-${to}`);

describe('rows of bytes', () => {
  it('hold as many bytes as there are columns, the last one the rest', () => {
    expect(shown(hexRows({ from: 0, to: 40 }, 16, [], null))).toEqual([
      'bytes 0-16',
      'bytes 16-32',
      'bytes 32-40',
    ]);
    expect(shown(hexRows({ from: 5, to: 20 }, 14, [], null))).toEqual(['bytes 5-19', 'bytes 19-20']);
    expect(hexRows({ from: 7, to: 7 }, 16, [], null)).toEqual([]);
  });

  it('without any record become one row, those with a part of one stay', () => {
    expect(shown(hexRows({ from: 0, to: 96 }, 16, [{ from: 20, to: 81 }], null))).toEqual([
      'bytes 0-16',
      'bytes 16-32',
      'unrecorded 32-80',
      'bytes 80-96',
    ]);
  });

  it('of a folded body are the first four and the last four', () => {
    expect(shown(hexRows({ from: 0, to: 16 * 12 }, 16, [], { from: 16, to: 16 * 12 }))).toEqual([
      ...['bytes 0-16', 'bytes 16-32', 'bytes 32-48', 'bytes 48-64', 'bytes 64-80'],
      'folded 80-128',
      ...['bytes 128-144', 'bytes 144-160', 'bytes 160-176', 'bytes 176-192'],
    ]);
  });

  it('of a short body are not folded', () => {
    const body = { from: 0, to: 16 * 8 };
    expect(hexRows(body, 16, [], body).every(({ type }) => type === 'bytes')).toBe(true);
  });
});

describe('a body', () => {
  it('is folded when it is binary or above 64 KB', () => {
    expect(foldedPart({ from: 100, to: 65_636 }, false)).toBeNull();
    expect(foldedPart({ from: 100, to: 65_637 }, false)).toEqual({ from: 100, to: 65_637 });
    expect(foldedPart({ from: 0, to: 10 }, true)).toEqual({ from: 0, to: 10 });
  });
});

describe('a field', () => {
  it('is found by any of its offsets', () => {
    const fields = [0, 3, 4, 9].map(
      (start, index, starts) => ({ start, end: starts[index + 1] ?? 12 }) as Field,
    );
    expect([0, 2, 3, 4, 8, 9, 11, 12].map((offset) => fieldAt(fields, offset))).toEqual([
      0, 0, 1, 2, 2, 3, 3, -1,
    ]);
    expect(fieldAt([], 0)).toBe(-1);
  });

  it('has a letter, however many there are', () => {
    expect([0, 25, 26, 27, 51, 52, 701, 702].map(letterOf)).toEqual([
      'a',
      'z',
      'aa',
      'ab',
      'az',
      'ba',
      'zz',
      'aaa',
    ]);
  });
});
