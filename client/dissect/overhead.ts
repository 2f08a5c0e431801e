import type { WireRecord } from './records.ts';

/** Bytes of a record: all of them, and those that are not payload. */
export interface Overhead {
  total: number;
  /** Bytes whose role is not `data`. */
  overhead: number;
}

/** How much of a record is there to carry the rest. */
export function overheadOf(record: WireRecord): Overhead {
  const total = record.end - record.start;
  let data = 0;
  for (const field of record.fields) if (field.role === 'data') data += field.end - field.start;
  return { total, overhead: total - data };
}
