import { describe, expect, it } from 'vitest';
import { Blocks } from './blocks.ts';

/** Blocks over lists that a test changes, and the same sums counted one by one. */
function blocksOver(values: number[], ends: number[]) {
  const blocks = new Blocks(
    2,
    (counter, place) => (counter === 0 ? values[place]! : 1),
    (sums, place) => {
      sums[0]! += values[place]!;
      sums[1]!++;
    },
    (place) => ends[place]!,
  );
  return {
    blocks,
    check(...places: number[]) {
      for (const place of places) {
        const sum = values.slice(0, place).reduce((total, value) => total + value, 0);
        expect([
          blocks.sumBefore(0, place, values.length),
          blocks.sumBefore(1, place, values.length),
        ]).toEqual([sum, place]);
      }
    },
  };
}

const PLACES = [0, 1, 63, 64, 65, 127, 128, 700, 999, 1_000];

describe('Blocks', () => {
  const numbers = () => Array.from({ length: 1_000 }, (_, n) => (n * 7) % 5);

  it('sum what lies before any place', () => {
    blocksOver(numbers(), numbers()).check(...PLACES);
  });

  it('sum again what has changed, and nothing is left of what it was', () => {
    const values = numbers();
    const { blocks, check } = blocksOver(values, numbers());
    check(1_000);
    for (const place of [3, 300, 998]) {
      values[place] = 40;
      blocks.changed(place);
    }
    check(...PLACES);
  });

  it('go on when the list grows, and when what is behind a place moves', () => {
    const values = numbers().slice(0, 100);
    const { blocks, check } = blocksOver(values, numbers());
    check(100);
    for (const value of numbers()) values.push(value);
    check(...PLACES);
    values.splice(300, 0, 9, 9);
    blocks.changedFrom(300);
    check(...PLACES);
  });

  it('find the places that last until a time', () => {
    const ends = Array.from({ length: 1_000 }, (_, n) => (n === 5 || n === 700 ? Infinity : n));
    const { blocks } = blocksOver(numbers(), ends);
    expect([...blocks.lastingUntil(998, 1_000, 1_000)]).toEqual([5, 700, 998, 999]);
    expect([...blocks.lastingUntil(998, 700, 1_000)]).toEqual([5]);
  });
});
