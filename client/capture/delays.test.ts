import { describe, expect, it } from 'vitest';
import { Delays } from './delays.ts';

function medianOf(...values: number[]): number | null {
  const delays = new Delays();
  for (const value of values) delays.add(value);
  return delays.median;
}

describe('the median of delays', () => {
  it.each([
    [[5], 5],
    [[1, 2], 1.5],
    [[9, 1, 300], 9],
    [[0.14, 0.16, 5_000], 0.2],
    [[100_000, 102.4, 102.3], 102.4],
    [[-3, 8], 4],
    [[4, Number.NaN, Infinity], 4],
  ])('of %j is %d', (values, expected) => expect(medianOf(...values)).toBeCloseTo(expected, 6));

  it('is unknown without any', () => expect(medianOf()).toBeNull());
});
