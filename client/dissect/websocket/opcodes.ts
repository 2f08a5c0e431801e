/** RFC 6455 §11.8. */
export const CONTINUATION = 0x0;
export const TEXT = 0x1;
export const BINARY = 0x2;
export const CLOSE = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

/** §5.5: opcodes with the highest bit set. */
export function isControl(opcode: number): boolean {
  return opcode >= CLOSE;
}

/** §5.2: 0x3 to 0x7 and 0xB to 0xF mean nothing yet. */
export function isReserved(opcode: number): boolean {
  return (opcode > BINARY && opcode < CLOSE) || opcode > PONG;
}
