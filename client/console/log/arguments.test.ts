import { describe, expect, it } from 'vitest';
import type { ConsoleValue } from '#protocol/console';
import { plainText, printedParts } from './arguments.ts';

const s = (text: string): ConsoleValue => ({ kind: 'string', text });
const n = (text: string): ConsoleValue => ({ kind: 'number', text });
const o: ConsoleValue = { kind: 'object', text: 'Object', entries: [['a', n('1')]], more: 0 };

describe('printedParts', () => {
  it('joins values with single spaces and leaves strings without quotes', () => {
    expect(plainText([s('tick'), n('3'), { kind: 'null', text: 'null' }])).toBe('tick 3 null');
  });

  it('keeps objects as values to unfold', () => {
    expect(printedParts([s('got'), o])).toEqual([{ text: 'got ' }, { value: o }]);
  });

  it('fills format specifiers and appends what is left', () => {
    expect(plainText([s('%s is %d, %i%%'), s('x'), n('1.5'), n('2.9'), s('more')])).toBe('x is 1.5, 2% more');
    expect(printedParts([s('%o!'), o])).toEqual([{ value: o }, { text: '!' }]);
  });

  it('swallows the style of %c', () => {
    expect(plainText([s('%cbig'), s('font-size: 40px')])).toBe('big');
  });

  it('leaves specifiers alone that have no value, and a lone string entirely', () => {
    expect(plainText([s('%s and %s'), s('a')])).toBe('a and %s');
    expect(plainText([s('100%% %s')])).toBe('100%% %s');
  });

  it('prints nothing for a call without arguments', () => {
    expect(printedParts([])).toEqual([]);
  });
});
