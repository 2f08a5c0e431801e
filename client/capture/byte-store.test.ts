import { describe, expect, it } from 'vitest';
import { ByteStore } from './byte-store.ts';

function storeOf(...chunks: [offset: number, bytes: number[]][]): ByteStore {
  const store = new ByteStore();
  for (const [offset, bytes] of chunks) store.add(offset, Uint8Array.from(bytes));
  return store;
}

describe('ByteStore', () => {
  const store = storeOf([0, [1, 2, 3]], [3, [4, 5]], [7, [8, 9]]);

  it.each([
    [0, 7, [1, 2, 3, 4, 5, 0, 0]],
    [2, 4, [3, 4]],
    [4, 9, [5, 0, 0, 8, 9]],
    [5, 7, [0, 0]],
    [8, 12, [9, 0, 0, 0]],
    [3, 3, []],
  ])('reads [%i, %i), with zeros where nothing was recorded', (start, end, expected) => {
    expect([...store.read(start, end)]).toEqual(expected);
  });

  it('is empty at first', () => {
    expect([...new ByteStore().read(0, 2)]).toEqual([0, 0]);
  });

  it('takes bytes that are told twice once', () => {
    const repeated = storeOf([0, [1, 2, 3]], [1, [2, 3, 4]], [2, [3]]);
    expect([...repeated.read(0, 5)]).toEqual([1, 2, 3, 4, 0]);
  });

  it('holds little more than the bytes, however small they come', () => {
    const small = new ByteStore();
    for (let offset = 0; offset < 300_000; offset += 3) small.add(offset, Uint8Array.of(1, 2, offset % 251));
    expect(small.size).toBeLessThan(400_000);
    expect([...small.read(299_997, 300_000)]).toEqual([1, 2, 299_997 % 251]);
  });

  it('forgets only blocks that lie wholly below', () => {
    const old = storeOf([0, [1, 2, 3]], [3, [4, 5]], [7, [8, 9]]);
    old.dropBelow(4);
    expect([...old.read(0, 9)]).toEqual([1, 2, 3, 4, 5, 0, 0, 8, 9]);
    old.dropBelow(5);
    expect([...old.read(0, 9)]).toEqual([0, 0, 0, 0, 0, 0, 0, 8, 9]);
  });
});
