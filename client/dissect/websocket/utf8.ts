/**
 * Where a text that is there as a whole is no UTF-8: index of the first byte that cannot be there, its
 * length when it ends within a character, -1 when all is well.
 */
export function utf8Error(bytes: Uint8Array): number {
  if (isAscii(bytes)) return -1;
  const check = new Utf8Check();
  const bad = check.push(bytes);
  return bad < 0 && !check.isWhole ? bytes.length : bad;
}

/** Whether all of them are ASCII characters, one byte each. */
export function isAscii(bytes: Uint8Array): boolean {
  let all = 0;
  for (let at = 0; at < bytes.length; at++) all |= bytes[at]!;
  return all < 0x80;
}

/** Checks UTF-8 (RFC 3629 §4) that comes in pieces. */
export class Utf8Check {
  /** Continuation bytes that the character still needs, and the bounds of the next one. */
  #needed = 0;
  #low = 0x80;
  #high = 0xbf;

  /** Is there no character whose rest is missing? */
  get isWhole(): boolean {
    return this.#needed === 0;
  }

  /** Reads on. Returns the index of the first byte that cannot be there; -1 when all can. */
  push(bytes: Uint8Array): number {
    let at = 0;
    const { length } = bytes;
    while (at < length) {
      const byte = bytes[at]!;
      if (this.#needed === 0) {
        if (byte >= 0x80 && !this.#begin(byte)) return at;
      } else {
        if (byte < this.#low || byte > this.#high) return at;
        this.#needed--;
        this.#low = 0x80;
        this.#high = 0xbf;
      }
      at++;
    }
    return -1;
  }

  /** The first byte of a character; over-long forms, surrogates and what lies above U+10FFFF are kept out. */
  #begin(byte: number): boolean {
    if (byte < 0xc2 || byte > 0xf4) return false;
    this.#needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (byte === 0xe0) this.#low = 0xa0;
    else if (byte === 0xed) this.#high = 0x9f;
    else if (byte === 0xf0) this.#low = 0x90;
    else if (byte === 0xf4) this.#high = 0x8f;
    return true;
  }
}
