import { describe, expect, it } from 'vitest';
import { freezeValues } from './freeze.ts';
import { CONSOLE_BOUNDS, type ConsoleObject, type ConsoleValue } from './protocol.ts';

const one = (value: unknown): ConsoleValue => freezeValues([value])[0]!;
const entriesOf = (value: unknown): [string, ConsoleValue][] => (one(value) as ConsoleObject).entries;

describe('primitives', () => {
  it.each([
    ['text', { kind: 'string', text: 'text' }],
    [-0, { kind: 'number', text: '-0' }],
    [10n, { kind: 'bigint', text: '10n' }],
    [null, { kind: 'null', text: 'null' }],
    [undefined, { kind: 'undefined', text: 'undefined' }],
    [Symbol('s'), { kind: 'symbol', text: 'Symbol(s)' }],
    [function named() {}, { kind: 'function', text: '[Function: named]' }],
    [class Named extends Object {}, { kind: 'function', text: '[class Named]' }],
    [new Date(0), { kind: 'date', text: '1970-01-01T00:00:00.000Z' }],
    [new Date(Number.NaN), { kind: 'date', text: 'Invalid Date' }],
    [/a/g, { kind: 'regexp', text: '/a/g' }],
  ])('freezes %s', (value, expected) => {
    expect(one(value)).toEqual(expected);
  });
});

it('keeps members in order, with the constructor name', () => {
  class Message {
    id = 1;
    tags = ['a'];
  }
  expect(one(new Message())).toEqual({
    kind: 'object',
    text: 'Message',
    entries: [
      ['id', { kind: 'number', text: '1' }],
      ['tags', { kind: 'array', text: 'Array', entries: [['0', { kind: 'string', text: 'a' }]], more: 0 }],
    ],
    more: 0,
  });
});

it('shows maps, sets, bytes and URLs by their content', () => {
  expect(entriesOf(new Map([[{ a: 1 }, 'x']]))).toEqual([['Object', { kind: 'string', text: 'x' }]]);
  expect(entriesOf(new Set(['x']))).toEqual([['0', { kind: 'string', text: 'x' }]]);
  expect(one(Buffer.from([7]))).toMatchObject({
    kind: 'array',
    text: 'Buffer',
    entries: [['0', { text: '7' }]],
  });
  expect(entriesOf(new URL('http://a/'))).toEqual([['href', { kind: 'string', text: 'http://a/' }]]);
});

it('gives errors their head and frames once', () => {
  const frozen = one(new TypeError('bad'));
  expect(frozen.kind).toBe('error');
  expect(frozen.text).toMatch(/^TypeError: bad\n\s+at /);
  expect(frozen.text.match(/TypeError: bad/g)).toHaveLength(1);
});

it('marks what contains itself', () => {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(entriesOf(loop)).toEqual([
    ['self', { kind: 'object', text: 'Object', entries: [], more: 0, circular: true }],
  ]);
});

it('does not call accessors', () => {
  const called: string[] = [];
  const value = {
    get a() {
      called.push('a');
      return 1;
    },
  };
  expect(entriesOf(value)).toEqual([['a', { kind: 'symbol', text: '[Getter]' }]]);
  expect(called).toEqual([]);
});

it('survives proxies and members that throw', () => {
  const refuse = (): never => {
    throw new Error('no');
  };
  const hostile = new Proxy(
    {},
    { get: refuse, ownKeys: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse },
  );
  expect(one({ hostile, fine: 1 })).toMatchObject({
    text: 'Object',
    entries: [
      ['hostile', { kind: 'object' }],
      ['fine', { text: '1' }],
    ],
  });
  const bad = new Error('x');
  Object.defineProperty(bad, 'stack', { get: refuse });
  expect(['error', 'object']).toContain(one(bad).kind);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(one(proxy).kind).toBe('object');
});

describe('bounds', () => {
  it('cuts long texts', () => {
    expect(one('x'.repeat(20_000)).text).toHaveLength(CONSOLE_BOUNDS.textLength + 1);
  });

  it('counts the entries it leaves out', () => {
    expect(one(Array.from({ length: 250 }, (_, index) => index))).toMatchObject({ more: 150 });
    expect(one(new Set(Array.from({ length: 101 }, (_, index) => index)))).toMatchObject({ more: 1 });
  });

  it('goes no deeper than the bound', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 10; level++) deep = { deep };
    let value = one(deep);
    let levels = 0;
    while ('entries' in value && value.entries[0]) {
      value = value.entries[0][1];
      levels += 1;
    }
    expect(levels).toBe(CONSOLE_BOUNDS.depth);
    expect(value).toMatchObject({ kind: 'object', more: 1 });
  });

  it('holds for all arguments of a call together', () => {
    const wide = Array.from({ length: 90 }, () => Array.from({ length: 90 }, () => 1));
    const count = (value: ConsoleValue): number =>
      1 + ('entries' in value ? value.entries.reduce((sum, [, member]) => sum + count(member), 0) : 0);
    expect(freezeValues([wide, wide]).reduce((sum, value) => sum + count(value), 0)).toBeLessThan(
      CONSOLE_BOUNDS.nodes + 200,
    );
  });
});
