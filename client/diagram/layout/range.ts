import type { Frame } from './frame.ts';

/** Messages of a stretch of tape, by their index: [first, end). */
export interface Range {
  first: number;
  end: number;
}

/** A message that takes longer than this many others that began after it is drawn without its first part. */
const MOST_LOOKED_BACK = 4_000;

/** What can be seen in the stretch: what begins in it, and what began before and is still under way. */
export function rangeOf({ run, from, to }: Pick<Frame, 'run' | 'from' | 'to'>): Range {
  const { messages } = run;
  const begin = messages.indexAt(from);
  const end = messages.indexAt(to);
  const first = messages.longestMs > 0 ? messages.indexAt(from - messages.longestMs) : begin;
  return { first: Math.max(first, begin - MOST_LOOKED_BACK), end };
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
