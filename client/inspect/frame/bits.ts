import type { FrameRecord } from '../../dissect/records.ts';
import type { FramePart, PartId } from './parts.ts';

/** Bytes in a row of the picture in RFC 6455 §5.2: 32 bits. */
export const ROW_BYTES = 4;
/** Rows of payload that are shown before the rest is folded. */
const PAYLOAD_ROWS = 8;

/** One cell of the table. */
export interface BitCell {
  /** Index of its part. */
  part: number;
  /** Bits it is wide. */
  columns: number;
  /** Bits are shown one by one; a byte of the masking key in hex; one of payload with its unmasking. */
  shows: 'bits' | 'key' | 'payload';
  /** Offset in the frame of its first byte. */
  byte: number;
  /** With `bits`: their digits. */
  bits: string;
  /** It is the first cell of its part: there the letter and the name stand. */
  first: boolean;
}

/** Rows of the whole frame. */
export function rowCount(size: number): number {
  return Math.ceil(size / ROW_BYTES);
}

/**
 * How many rows are shown of a folded frame: its header and eight rows of payload.
 *
 * @returns All of them when only one row would be folded.
 */
export function foldedRows({ headerLength }: FrameRecord, size: number): number {
  const shown = Math.floor(headerLength / ROW_BYTES) + PAYLOAD_ROWS;
  const rows = rowCount(size);
  return rows <= shown + 1 ? rows : shown;
}

/**
 * The cells of one row.
 *
 * @param size Bytes of the frame that are there: the last row ends with them.
 */
export function bitRow(
  record: FrameRecord,
  parts: readonly FramePart[],
  bytes: Uint8Array,
  size: number,
  row: number,
): BitCell[] {
  const cells: BitCell[] = [];
  const end = Math.min(size, (row + 1) * ROW_BYTES);
  for (let byte = row * ROW_BYTES; byte < end; byte++) {
    cells.push(...byteCells(record, parts, bytes, byte));
  }
  return merged(cells);
}

/** The parts of the first two bytes, and how many bits they have. */
const FIRST: [PartId, number][] = [
  ['fin', 1],
  ['rsv', 3],
  ['opcode', 4],
];
const SECOND: [PartId, number][] = [
  ['mask', 1],
  ['length', 7],
];

function byteCells(
  record: FrameRecord,
  parts: readonly FramePart[],
  bytes: Uint8Array,
  byte: number,
): BitCell[] {
  const digits = (bytes[byte] ?? 0).toString(2).padStart(8, '0');
  const indexOf = (id: PartId) => parts.findIndex((part) => part.id === id);
  const { headerLength, maskingKey, opcode, payloadLength } = record;
  if (byte < 2) {
    let at = 0;
    return (byte === 0 ? FIRST : SECOND).map(([id, columns]) => {
      const bits = digits.slice(at, at + columns);
      at += columns;
      return { part: indexOf(id), columns, shows: 'bits', byte, bits, first: true };
    });
  }
  const keyAt = maskingKey === null ? headerLength : headerLength - ROW_BYTES;
  const cell = { columns: 8, byte, bits: '' };
  if (byte < keyAt) {
    return [{ ...cell, part: indexOf('extended'), shows: 'bits', bits: digits, first: byte === 2 }];
  }
  if (byte < headerLength) {
    return [{ ...cell, part: indexOf('maskingKey'), shows: 'key', first: byte === keyAt }];
  }
  const isCode = opcode === 8 && payloadLength >= 2 && byte < headerLength + 2;
  const first = byte === headerLength || (opcode === 8 && byte === headerLength + 2);
  return [{ ...cell, part: indexOf(isCode ? 'closeCode' : 'payload'), shows: 'payload', first }];
}

/** Bytes of one length become one cell, as in the RFC. */
function merged(cells: BitCell[]): BitCell[] {
  const joined: BitCell[] = [];
  for (const cell of cells) {
    const last = joined.at(-1);
    if (cell.shows === 'bits' && cell.columns === 8 && last?.shows === 'bits' && last.part === cell.part) {
      last.columns += cell.columns;
      last.bits += cell.bits;
    } else joined.push({ ...cell });
  }
  return joined;
}

/** Which byte of the masking key (0 to 3) a byte of the payload meets; null in the header and without a mask. */
export function keyByteOf({ headerLength, maskingKey }: FrameRecord, byte: number): number | null {
  return maskingKey === null || byte < headerLength ? null : (byte - headerLength) % 4;
}

/** A byte of the masking key. */
export function keyByte(maskingKey: number, index: number): number {
  return (maskingKey >>> (24 - 8 * index)) & 0xff;
}
