import { overlaps, type Rect } from './frame.ts';

interface Line {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

const BUCKET_PX = 64;
/** Free space kept beside, and above and below text. */
const CLEAR_X_PX = 3;
const CLEAR_Y_PX = 1;

/** Knows what is drawn where, so that words never lie on strokes or on each other. Bucketed by x. */
export class Room {
  readonly #lines = new Map<number, Line[]>();
  readonly #rects = new Map<number, Rect[]>();
  readonly #words = new Map<number, Rect[]>();
  readonly #left: number;

  /** Nothing is written left of `left`: before the start of a run nobody looks. */
  constructor(left: number) {
    this.#left = left;
  }

  addLine(line: Line): void {
    put(this.#lines, Math.min(line.x1, line.x2), Math.max(line.x1, line.x2), line);
  }

  addRect(rect: Rect): void {
    put(this.#rects, rect.x, rect.x + rect.width, rect);
  }

  /** Words are in the way of other words and of stems. */
  addWord(rect: Rect): void {
    this.addRect(rect);
    put(this.#words, rect.x, rect.x + rect.width, rect);
  }

  isFree(rect: Rect): boolean {
    if (rect.x < this.#left) return false;
    const padded = {
      x: rect.x - CLEAR_X_PX,
      y: rect.y - CLEAR_Y_PX,
      width: rect.width + 2 * CLEAR_X_PX,
      height: rect.height + 2 * CLEAR_Y_PX,
    };
    for (let bucket = at(padded.x); bucket <= at(padded.x + padded.width); bucket++) {
      if (this.#rects.get(bucket)?.some((other) => overlaps(padded, other))) return false;
      if (this.#lines.get(bucket)?.some((line) => crosses(line, padded))) return false;
    }
    return true;
  }

  /** Whether a vertical line would run through a word. */
  isLineFree(x: number, y1: number, y2: number): boolean {
    const line = { x: x - 1, y: Math.min(y1, y2), width: 2, height: Math.abs(y2 - y1) };
    return !this.#words.get(at(x))?.some((other) => overlaps(line, other));
  }
}

function at(x: number): number {
  return Math.floor(x / BUCKET_PX);
}

function put<T>(buckets: Map<number, T[]>, x1: number, x2: number, item: T): void {
  for (let bucket = at(x1); bucket <= at(x2); bucket++) {
    const known = buckets.get(bucket);
    if (known) known.push(item);
    else buckets.set(bucket, [item]);
  }
}

/** Whether a line passes through a rectangle (Liang and Barsky's clipping). */
function crosses(line: Line, rect: Rect): boolean {
  const dx = line.x2 - line.x1;
  const dy = line.y2 - line.y1;
  let first = 0;
  let last = 1;
  for (const [way, room] of [
    [-dx, line.x1 - rect.x],
    [dx, rect.x + rect.width - line.x1],
    [-dy, line.y1 - rect.y],
    [dy, rect.y + rect.height - line.y1],
  ] as const) {
    if (way === 0) {
      if (room < 0) return false;
    } else if (way < 0) first = Math.max(first, room / way);
    else last = Math.min(last, room / way);
  }
  return first <= last;
}
