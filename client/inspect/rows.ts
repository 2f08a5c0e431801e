import type { Field } from '../dissect/records.ts';
import type { Range } from './recorded.ts';

/** Rows at both ends of a long body that stay when the rest is folded (DESIGN.md §6). */
const KEPT_ROWS = 4;
/** Bodies above this are folded at first, in bytes. */
export const FOLD_ABOVE = 65_536;

/** One row of the hex view, in offsets of the message. */
export interface HexRow {
  type: 'bytes' | 'folded' | 'unrecorded';
  from: number;
  to: number;
}

/**
 * Divides bytes into rows. Whole rows without a record become one row, and so do the middle rows of
 * what is folded.
 */
export function hexRows(
  { from, to }: Range,
  columns: number,
  unrecorded: readonly Range[],
  fold: Range | null,
): HexRow[] {
  const rows: HexRow[] = [];
  const foldFrom = fold ? fold.from + KEPT_ROWS * columns : Infinity;
  const foldTo = fold ? fold.to - KEPT_ROWS * columns : -Infinity;
  for (let start = from; start < to; start += columns) {
    const end = Math.min(to, start + columns);
    const type =
      start >= foldFrom && end <= foldTo
        ? 'folded'
        : unrecorded.some((range) => start >= range.from && end <= range.to)
          ? 'unrecorded'
          : 'bytes';
    const last = rows.at(-1);
    if (type !== 'bytes' && last?.type === type) last.to = end;
    else rows.push({ type, from: start, to: end });
  }
  return rows;
}

/** Which part of a message is folded at first: a body that is long, or that is not text. */
export function foldedPart(body: Range, bodyIsBinary: boolean): Range | null {
  return bodyIsBinary || body.to - body.from > FOLD_ABOVE ? body : null;
}

/** The index of the field that holds this offset; -1 when none does. Fields are in order, without holes. */
export function fieldAt(fields: readonly Field[], offset: number): number {
  let low = 0;
  let high = fields.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const field = fields[middle]!;
    if (offset < field.start) high = middle - 1;
    else if (offset >= field.end) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** The letter of the nth field, from 0: a to z, then aa, ab and so on. */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter;
}
