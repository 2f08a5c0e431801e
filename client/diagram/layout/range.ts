import type { Frame } from './frame.ts';

/** The messages that entered the wire in a stretch of tape, by their index: [first, end). */
export interface Range {
  first: number;
  end: number;
}

export function rangeOf({ run: { messages }, from, to }: Pick<Frame, 'run' | 'from' | 'to'>): Range {
  return { first: messages.indexAt(from), end: messages.indexAt(to) };
}

/** The items of a list in order of time that lie in [from, to]. */
export function within<T>(items: readonly T[], timeOf: (item: T) => number, from: number, to: number): T[] {
  return items.slice(lowerBound(items, timeOf, from), lowerBound(items, timeOf, to, true));
}

function lowerBound<T>(
  items: readonly T[],
  timeOf: (item: T) => number,
  t: number,
  past: boolean = false,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const time = timeOf(items[middle]!);
    if (time < t || (past && time === t)) low = middle + 1;
    else high = middle;
  }
  return low;
}
