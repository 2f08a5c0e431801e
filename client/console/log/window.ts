/**
 * Which stretch of a long console is in the document: the newest rows while following, a stretch that
 * does not move under the reader after scrolling up. Never more than twice `WINDOW_ROWS`.
 */

/** Rows drawn while following: some twenty screens, which lay out within a frame. */
export const WINDOW_ROWS = 300;

interface Placed {
  id: string;
  t: number;
}

/** Null while following the newest row; else the first drawn and the newest row seen when the reader left it. */
export type Anchor = { first: Placed; seen: Placed } | null;

export interface RowWindow {
  start: number;
  end: number;
  /** Rows after the newest one that the reader had seen. */
  unseen: number;
}

export function rowWindow(items: Placed[], anchor: Anchor): RowWindow {
  if (!anchor) return { start: Math.max(0, items.length - WINDOW_ROWS), end: items.length, unseen: 0 };
  const place = placeOf(items, anchor.first);
  // A filter can leave nothing from there on: what is left comes before.
  const start = place < items.length ? place : Math.max(0, items.length - WINDOW_ROWS);
  const end = Math.min(items.length, start + 2 * WINDOW_ROWS);
  const seen = placeOf(items, anchor.seen);
  const after = items[seen]?.id === anchor.seen.id ? seen + 1 : seen;
  return { start, end, unseen: items.length - after };
}

/** The anchor that leaves the picture as it is. */
export function holdWindow(items: Placed[], { start, end }: RowWindow): Anchor {
  const first = items[start];
  const seen = items[end - 1];
  return first && seen ? { first: placed(first), seen: placed(seen) } : null;
}

/** Draws `WINDOW_ROWS` more rows before those drawn now. */
export function extendEarlier(items: Placed[], window: RowWindow, anchor: Anchor): Anchor {
  const first = items[Math.max(0, window.start - WINDOW_ROWS)];
  const seen = anchor?.seen ?? items.at(-1);
  return first && seen ? { first: placed(first), seen: placed(seen) } : null;
}

/** Brings the row at `index` into the document; the same anchor when it is there already. */
export function reveal(items: Placed[], window: RowWindow, anchor: Anchor, index: number): Anchor {
  if (index >= window.start && index < window.end) return anchor;
  const first = items[Math.max(0, index - Math.floor(WINDOW_ROWS / 2))];
  const seen = anchor?.seen ?? items.at(-1);
  return first && seen ? { first: placed(first), seen: placed(seen) } : null;
}

/** Index of the row, or of the first later one when it was filtered out or cleared. */
function placeOf(items: Placed[], row: Placed): number {
  const index = items.findIndex((item) => item.id === row.id || item.t > row.t);
  return index < 0 ? items.length : index;
}

function placed({ id, t }: Placed): Placed {
  return { id, t };
}
