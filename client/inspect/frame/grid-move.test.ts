import { describe, expect, it } from 'vitest';
import { gridMove } from './grid-move.ts';

/** Rows of 7, 4 and 3 cells, as a short masked frame has. */
const CELLS = [7, 4, 3];
const move = (key: string, row: number, cell: number) => {
  const to = gridMove(key, { row, cell }, CELLS.length, (each) => CELLS[each]!);
  return to && [to.row, to.cell];
};

describe('keys in the bit table', () => {
  it('go from cell to cell, over the ends of rows', () => {
    expect(move('ArrowRight', 0, 5)).toEqual([0, 6]);
    expect(move('ArrowRight', 0, 6)).toEqual([1, 0]);
    expect(move('ArrowRight', 2, 2)).toEqual([2, 2]);
    expect(move('ArrowLeft', 1, 0)).toEqual([0, 6]);
    expect(move('ArrowLeft', 0, 0)).toEqual([0, 0]);
  });

  it('go from row to row and stay about where they are', () => {
    expect(move('ArrowDown', 0, 6)).toEqual([1, 3]);
    expect(move('ArrowUp', 1, 2)).toEqual([0, 3]);
    expect(move('ArrowUp', 0, 3)).toEqual([0, 3]);
    expect(move('PageDown', 0, 0)).toEqual([2, 0]);
  });

  it('reach the ends, and mean nothing otherwise', () => {
    expect(move('Home', 2, 1)).toEqual([0, 0]);
    expect(move('End', 0, 0)).toEqual([2, 2]);
    expect(move('Enter', 0, 0)).toBeNull();
    expect(gridMove('ArrowRight', null, 3, (row) => CELLS[row]!)).toEqual({ row: 0, cell: 0 });
  });
});
