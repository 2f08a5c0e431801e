/** A cell of a grid whose rows have different numbers of cells. */
export interface GridPlace {
  row: number;
  cell: number;
}

/**
 * Where a key leads in a grid.
 *
 * @param cellsIn How many cells a row has.
 * @returns The new place; null when the key means nothing here.
 */
export function gridMove(
  key: string,
  at: GridPlace | null,
  rows: number,
  cellsIn: (row: number) => number,
): GridPlace | null {
  const { row, cell } = at ?? { row: 0, cell: -1 };
  const inRow = (to: number): GridPlace => {
    const bounded = Math.max(0, Math.min(rows - 1, to));
    // The same place across the row, whatever the cells there are as wide as.
    const share = cell <= 0 ? 0 : cell / cellsIn(row);
    return { row: bounded, cell: bounded === row ? cell : Math.floor(share * cellsIn(bounded)) };
  };
  switch (key) {
    case 'ArrowRight':
      if (cell + 1 < cellsIn(row)) return { row, cell: cell + 1 };
      return row + 1 < rows ? { row: row + 1, cell: 0 } : { row, cell };
    case 'ArrowLeft':
      if (cell > 0) return { row, cell: cell - 1 };
      return row > 0 ? { row: row - 1, cell: cellsIn(row - 1) - 1 } : { row, cell: 0 };
    case 'ArrowDown':
      return inRow(row + 1);
    case 'ArrowUp':
      return inRow(row - 1);
    case 'PageDown':
      return inRow(row + 8);
    case 'PageUp':
      return inRow(row - 8);
    case 'Home':
      return { row: 0, cell: 0 };
    case 'End':
      return { row: rows - 1, cell: cellsIn(rows - 1) - 1 };
    default:
      return null;
  }
}
