/** Bytes of WebSocket connections, one character a byte. */
import { deflateRawSync, constants } from 'node:zlib';
import { utf8 } from './dissection.ts';

/** The key and the answer that RFC 6455 §1.3 has as its example. */
export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
export const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

export function upgrade(...lines: string[]): string {
  return head(
    'GET /chat HTTP/1.1',
    'Host: localhost:8080',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}`,
    ...lines,
  );
}

export function switching(...lines: string[]): string {
  return head(
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${ACCEPT}`,
    ...lines,
  );
}

export const head = (...lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`;

export interface FrameOptions {
  fin?: boolean;
  rsv?: number;
  /** Four bytes, first one highest; null for none. */
  mask?: number | null;
  /** How many bytes the length takes: 0, 2 or 8; the shortest form when it is left out. */
  lengthBytes?: number;
}

/** One frame; `payload` has one character a byte. */
export function frame(opcode: number, payload = '', options: FrameOptions = {}): string {
  const { fin = true, rsv = 0, mask = null, lengthBytes = shortest(payload.length) } = options;
  const size = payload.length;
  const short = lengthBytes === 0 ? size : lengthBytes === 2 ? 126 : 127;
  const bytes = [(fin ? 0x80 : 0) | (rsv << 4) | opcode, (mask === null ? 0 : 0x80) | short];
  for (let byte = lengthBytes - 1; byte >= 0; byte--) bytes.push(Math.floor(size / 2 ** (8 * byte)) % 256);
  const key = mask === null ? [0, 0, 0, 0] : [24, 16, 8, 0].map((shift) => (mask >>> shift) & 0xff);
  if (mask !== null) bytes.push(...key);
  const masked = Array.from(payload, (character, at) =>
    String.fromCharCode(character.charCodeAt(0) ^ key[at % 4]!),
  );
  return String.fromCharCode(...bytes) + masked.join('');
}

/** A Close with its code and reason. */
export function close(code: number, reason = '', options: FrameOptions = {}): string {
  return frame(8, String.fromCharCode(code >> 8, code & 0xff) + utf8(reason), options);
}

/** RFC 7692 §7.2.1: deflates messages that may each refer back to the ones before. */
export function deflater(takeover = true): (text: string) => string {
  let before = Buffer.alloc(0);
  return (text) => {
    const bytes = Buffer.from(text, 'latin1');
    const dictionary = takeover && before.length > 0 ? before.subarray(-32_768) : undefined;
    before = Buffer.concat([before, bytes]);
    const out = deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, dictionary });
    return out.subarray(0, -4).toString('latin1');
  };
}

function shortest(size: number): number {
  return size < 126 ? 0 : size < 65_536 ? 2 : 8;
}
