import { describe, expect, it } from 'vitest';
import { changedPart } from './text-change.ts';

describe('changedPart', () => {
  it.each([
    ['abc', 'abc'],
    ['abc', 'aXc'],
    ['abc', ''],
    ['', 'abc'],
    ['aa', 'aaa'],
    ['aaa', 'aa'],
    ['one\ntwo\nthree', 'one\n你好\nthree\nfour'],
  ])('turns %j into %j', (before, now) => {
    const { start, end, text } = changedPart(before, now);
    expect(before.slice(0, start) + text + before.slice(end)).toBe(now);
  });

  it('leaves out what stays', () => {
    expect(changedPart('abcdef', 'abXdef')).toEqual({ start: 2, end: 3, text: 'X' });
    expect(changedPart('aa', 'aaa')).toEqual({ start: 2, end: 2, text: 'a' });
  });
});
