import type { ByteQueue } from '../stream/byte-queue.ts';
import type { FieldCollector } from '../stream/field-collector.ts';
import { latin1, trimSpace } from '../text.ts';

const CR = 0x0d;
const SEMICOLON = 0x3b;

export interface ChunkSizeLine {
  size: number;
  /** How many hex digits it was written with. */
  digits: number;
  /** What follows them, without space around it: a `;` first, or empty. */
  extension: string;
}

/**
 * RFC 9112 §7.1: `chunk-size [ chunk-ext ] CRLF`. Null when it does not begin with a hex number that
 * can be counted with.
 *
 * @param length Of the line, its end not included.
 */
export function parseChunkSize(queue: ByteQueue, length: number): ChunkSizeLine | null {
  const line = queue.peek(length);
  let size = 0;
  let digits = 0;
  for (; digits < length; digits++) {
    const value = hexDigit(line[digits]!);
    if (value < 0) break;
    size = size * 16 + value;
  }
  if (digits === 0 || !Number.isSafeInteger(size)) return null;
  if (digits === length) return { size, digits, extension: '' };
  const extension = trimSpace(latin1(line.subarray(digits)));
  if (extension !== '' && extension.charCodeAt(0) !== SEMICOLON) return null;
  return { size, digits, extension };
}

/** Length of a line without its end: CRLF, or LF alone. */
export function withoutEnd(line: Uint8Array): number {
  return line.length - (line[line.length - 2] === CR ? 2 : 1);
}

/** Adds the fields of a chunk's first line, in offsets of its record. */
export function addChunkSizeFields(
  fields: FieldCollector,
  line: string,
  at: number,
  { size, digits, extension }: ChunkSizeLine,
): void {
  const last = size === 0;
  const hex = line.slice(0, digits);
  const shownEnd = line.endsWith('\r\n') ? '\\r\\n' : '\\n';
  const sizeEnd = at + (extension === '' ? line.length : digits);
  fields.add({
    start: at,
    end: sizeEnd,
    role: last ? 'edge' : 'length',
    name: hex + (extension === '' ? shownEnd : ''),
    note: `inspect:field.${last ? 'lastChunk' : 'chunkSize'}`,
    params: { hex, count: size },
  });
  if (extension === '') return;
  fields.add({
    start: sizeEnd,
    end: at + line.length,
    role: 'meta',
    name: extension + shownEnd,
    note: 'inspect:field.chunkExtension',
  });
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
