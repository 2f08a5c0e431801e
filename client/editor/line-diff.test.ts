import { describe, expect, it } from 'vitest';
import { addedLines, countLines, diffRows, followLines } from './line-diff.ts';

const before = 'a\nb\nc\nd';

describe('diffRows', () => {
  it('numbers both sides and puts removed lines before added ones', () => {
    expect(diffRows(before, 'a\nB\nc\nd').map((row) => [row.sign, row.text, row.before, row.after])).toEqual([
      [' ', 'a', 1, 1],
      ['-', 'b', 2, null],
      ['+', 'B', null, 2],
      [' ', 'c', 3, 3],
      [' ', 'd', 4, 4],
    ]);
  });
});

describe('counts', () => {
  it('are zero for the same text', () => {
    expect(countLines(before, before)).toEqual({ added: 0, removed: 0 });
    expect(addedLines(before, before)).toEqual([]);
  });

  it('tell added from removed lines', () => {
    expect(countLines(before, 'a\nc\nd\ne\nf')).toEqual({ added: 2, removed: 1 });
    expect(addedLines(before, 'a\nc\nd\ne\nf')).toEqual([4, 5]);
  });
});

describe('followLines', () => {
  it('moves lines with what was inserted above them', () => {
    const follow = followLines(before, 'x\ny\na\nb\nc\nd');
    expect(follow(1)).toEqual({ line: 3, edited: false });
    expect(follow(4)).toEqual({ line: 6, edited: false });
  });

  it('says when a line reads differently now', () => {
    expect(followLines(before, 'a\nb!\nc\nd')(2)).toEqual({ line: 2, edited: true });
  });

  it('drops lines that are gone', () => {
    const follow = followLines(before, 'a\nd');
    expect(follow(2)).toBeNull();
    expect(follow(3)).toBeNull();
    expect(follow(4)).toEqual({ line: 2, edited: false });
  });

  it('drops lines that never were', () => {
    expect(followLines(before, 'a\nb\nc')(9)).toBeNull();
  });
});
