import type { DissectItem } from '../batch.ts';

/**
 * Items on their way to the worker: a row of numbers each, and all their bytes one behind the other. Many small
 * buffers, or many objects, would cost a hundred times as much as the bytes.
 */
export interface PackedItems {
  rows: Float64Array;
  bytes: Uint8Array;
}

/** Numbers in a row: what it is, of which connection, its offset, its length. */
const WIDTH = 4;
/** What it is: one of these, and `DOWN` in the direction of the browser. */
const BYTES = 0;
const GAP = 1;
const END = 2;
const DOWN = 4;

/** Copies what is to cross: the caller keeps its arrays. */
export function packItems(items: readonly DissectItem[]): PackedItems {
  const rows = new Float64Array(items.length * WIDTH);
  const bytes = new Uint8Array(
    items.reduce((sum, item) => sum + ('bytes' in item ? item.bytes.length : 0), 0),
  );
  let [row, end] = [0, 0];
  for (const item of items) {
    const way = item.direction === 'down' ? DOWN : 0;
    rows[row + 1] = item.connection;
    if ('end' in item) rows[row] = END + way;
    else {
      const isGap = 'gap' in item;
      rows[row] = (isGap ? GAP : BYTES) + way;
      rows[row + 2] = item.offset;
      rows[row + 3] = isGap ? item.gap : item.bytes.length;
      if (!isGap) {
        bytes.set(item.bytes, end);
        end += item.bytes.length;
      }
    }
    row += WIDTH;
  }
  return { rows, bytes };
}

/** The items again, equal to what they were; their bytes are views of what crossed. */
export function unpackItems({ rows, bytes }: PackedItems): DissectItem[] {
  const items: DissectItem[] = [];
  let end = 0;
  for (let row = 0; row < rows.length; row += WIDTH) {
    const what = rows[row]!;
    const offset = rows[row + 2]!;
    const length = rows[row + 3]!;
    const of = { connection: rows[row + 1]!, direction: what >= DOWN ? 'down' : 'up' } as const;
    const kind = what % DOWN;
    if (kind === END) items.push({ ...of, end: true });
    else if (kind === GAP) items.push({ ...of, offset, gap: length });
    else items.push({ ...of, offset, bytes: bytes.subarray(end, (end += length)) });
  }
  return items;
}
