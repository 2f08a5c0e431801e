import type { FrameRecord } from '../../dissect/records.ts';
import type { BitCell } from './bits.ts';
import { placeOf, type FramePart } from './parts.ts';

/** Where the violations of a frame are. */
export interface BrokenPlaces {
  /** Parts of the header. */
  parts: ReadonlySet<number>;
  /** Bytes of the payload. */
  bytes: ReadonlySet<number>;
}

/** Finds the parts, and in the payload the bytes, at which a rule is broken. */
export function brokenPlaces(record: FrameRecord, parts: readonly FramePart[]): BrokenPlaces {
  const found = { parts: new Set<number>(), bytes: new Set<number>() };
  for (const { reason, offset } of record.malformed) {
    const part = placeOf(reason, parts);
    if (parts[part]?.id === 'payload') found.bytes.add(offset);
    else found.parts.add(part);
  }
  return found;
}

/** Is a rule broken in this cell? */
export function isBroken({ parts, bytes }: BrokenPlaces, { part, byte }: BitCell): boolean {
  return parts.has(part) || bytes.has(byte);
}
