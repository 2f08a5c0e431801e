import { describe, expect, it } from 'vitest';
import { TimeOrder } from './time-order.ts';

function orderOf(...times: number[]): TimeOrder {
  const order = new TimeOrder();
  for (const t of times) order.add(t);
  return order;
}

const rowsOf = (order: TimeOrder) => Array.from({ length: order.length }, (_, place) => order.rowAt(place));

describe('TimeOrder', () => {
  it('puts a row behind everything that is not later', () => {
    expect(rowsOf(orderOf(10, 30, 20, 30, 5))).toEqual([4, 0, 2, 1, 3]);
  });

  it('knows the place of every row, also among rows of one time', () => {
    const order = orderOf(10, 30, 20, 30, 30, 5);
    expect(rowsOf(order).map((row) => order.placeOf(row))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each([
    [0, 0],
    [10, 0],
    [11, 1],
    [30, 2],
    [31, 4],
  ])('finds the first row at or after %i', (t, place) => {
    expect(orderOf(10, 30, 20, 30).indexAt(t)).toBe(place);
  });

  it('numbers the rows that are kept anew', () => {
    const order = orderOf(10, 30, 20, 40);
    order.retain(Uint32Array.of(1, 2, 3));
    expect(rowsOf(order).map((row) => order.timeOf(row))).toEqual([20, 30, 40]);
    order.add(25);
    expect(order.placeOf(3)).toBe(1);
  });
});
