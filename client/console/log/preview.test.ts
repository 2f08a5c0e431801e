import { describe, expect, it } from 'vitest';
import type { ConsoleObject, ConsoleValue } from '#protocol/console';
import { previewOf } from './preview.ts';

const n = (text: string): ConsoleValue => ({ kind: 'number', text });
const s = (text: string): ConsoleValue => ({ kind: 'string', text });
const object = (entries: [string, ConsoleValue][], rest: Partial<ConsoleObject> = {}): ConsoleObject => ({
  kind: 'object',
  text: 'Object',
  entries,
  more: 0,
  ...rest,
});

describe('previewOf', () => {
  it('writes a plain object with its braces only, and names any other', () => {
    expect(previewOf(object([['a', n('1')]]))).toBe('{a: 1}');
    expect(previewOf(object([['url', s('/')]], { text: 'IncomingMessage' }))).toBe(
      'IncomingMessage {url: "/"}',
    );
  });

  it('counts the entries that the bounds left out', () => {
    const list: [string, ConsoleValue][] = ['7', '8'].map((text, i) => [String(i), n(text)]);
    expect(previewOf({ kind: 'array', text: 'Array', entries: list, more: 98 })).toBe('Array(100) [7, 8, …]');
  });

  it('writes map entries with their keys and set entries without', () => {
    const entries: [string, ConsoleValue][] = [['"k"', n('2')]];
    expect(previewOf({ kind: 'map', text: 'Map', entries, more: 0 })).toBe('Map(1) {"k" → 2}');
    expect(previewOf({ kind: 'set', text: 'Set', entries, more: 0 })).toBe('Set(1) {2}');
  });

  it('names nested objects without opening them', () => {
    const inner = object([['x', n('1')]]);
    expect(
      previewOf(
        object([
          ['a', inner],
          ['b', object([])],
          ['c', object([], { circular: true })],
        ]),
      ),
    ).toBe('{a: {…}, b: {}, c: [Circular]}');
  });

  it('stops after five entries and shortens long strings inside', () => {
    const many = object(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, n('1')]));
    expect(previewOf(many)).toBe('{a: 1, b: 1, c: 1, d: 1, e: 1, …}');
    expect(previewOf(object([['a', s('x'.repeat(50))]]))).toBe(`{a: "${'x'.repeat(40)}…"}`);
  });
});
