import type { WireMessage } from '../capture/run.ts';

/** A stretch of offsets in a message, `to` exclusive. */
export interface Range {
  from: number;
  to: number;
}

/** The stretches of a message that were not recorded, in offsets of the message, merged, in order. */
export function unrecordedRanges({ record, segments }: WireMessage): Range[] {
  const ranges: Range[] = [];
  for (const segment of segments) {
    const from = Math.max(0, segment.start - record.start);
    const to = Math.min(record.end, segment.end) - record.start;
    if (segment.recorded || to <= from) continue;
    const last = ranges.at(-1);
    if (last?.to === from) last.to = to;
    else ranges.push({ from, to });
  }
  return ranges;
}

/** Is this offset in one of the ranges? */
export function isWithin(ranges: readonly Range[], at: number): boolean {
  return ranges.some(({ from, to }) => at >= from && at < to);
}

/** The bytes as hex pairs, 16 a line; `--` where they were not recorded. */
export function hexCopy(bytes: Uint8Array, unrecorded: readonly Range[]): string {
  const lines: string[] = [];
  for (let row = 0; row < bytes.length; row += 16) {
    const pairs = Array.from(bytes.subarray(row, row + 16), (byte, at) =>
      isWithin(unrecorded, row + at) ? '--' : byte.toString(16).padStart(2, '0'),
    );
    lines.push(pairs.join(' '));
  }
  return lines.join('\n');
}

/** The bytes as text; what was not recorded is replaced by `note(length)`. */
export function textCopy(
  bytes: Uint8Array,
  unrecorded: readonly Range[],
  note: (length: number) => string,
): string {
  const decode = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  let text = '';
  let at = 0;
  for (const { from, to } of unrecorded) {
    text += `${decode(at, from)}[${note(to - from)}]`;
    at = to;
  }
  return text + decode(at, bytes.length);
}
