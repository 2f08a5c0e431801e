import type { FrameRecord } from '../records.ts';

/** What the first bytes of a frame say (RFC 6455 §5.2). */
export type FrameHeader = Pick<
  FrameRecord,
  'fin' | 'rsv' | 'opcode' | 'maskingKey' | 'payloadLength' | 'headerLength'
> & {
  /** The shortest form that can hold this length was used. */
  isMinimal: boolean;
  /** The highest bit of a 64-bit length is 0, as it has to be. */
  isPositive: boolean;
};

/** Bytes by their place: a view of them would take longer to make than a header to read. */
export interface Bytes {
  readonly length: number;
  at(index: number): number;
}

/** Reads a frame's header; null while bytes of it are missing. */
export function parseFrameHeader(bytes: Bytes): FrameHeader | null {
  if (bytes.length < 2) return null;
  const first = bytes.at(0);
  const second = bytes.at(1);
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = second >= 0x80;
  const headerLength = 2 + lengthBytes + (masked ? 4 : 0);
  if (bytes.length < headerLength) return null;
  const high = lengthBytes === 8 ? uint32(bytes, 2) : 0;
  // Beyond 2^53 the nearest number: such a frame never ends anyway.
  const payloadLength =
    lengthBytes === 0
      ? short
      : lengthBytes === 2
        ? (bytes.at(2) << 8) | bytes.at(3)
        : high * 2 ** 32 + uint32(bytes, 6);
  return {
    fin: first >= 0x80,
    rsv: (first >> 4) & 7,
    opcode: first & 0x0f,
    maskingKey: masked ? uint32(bytes, 2 + lengthBytes) : null,
    payloadLength,
    headerLength,
    isMinimal: lengthBytes === 0 || payloadLength > (lengthBytes === 2 ? 125 : 0xffff),
    isPositive: high < 0x8000_0000,
  };
}

function uint32(bytes: Bytes, at: number): number {
  return ((bytes.at(at) << 24) | (bytes.at(at + 1) << 16) | (bytes.at(at + 2) << 8) | bytes.at(at + 3)) >>> 0;
}
