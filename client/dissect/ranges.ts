import type { ByteRange } from './records.ts';

/** Adds a range behind the others: to the last one, where it goes on with that. */
export function addRange(ranges: ByteRange[], start: number, end: number): void {
  if (end === start) return;
  const last = ranges[ranges.length - 1];
  if (last?.end === start) last.end = end;
  else ranges.push({ start, end });
}
