import { CONTENT_TEXT } from './limits.ts';

/** Bytes that can be needed for that many characters, and a character more to know that there is more. */
const MOST_BYTES = CONTENT_TEXT * 3 + 4;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const EMPTY = new Uint8Array();

/** The beginning of a content, kept while its bytes arrive. */
export class KeptBytes {
  #bytes = EMPTY;
  #length = 0;
  /** Bytes there were, kept or not. */
  size = 0;

  push(bytes: Uint8Array): void {
    this.size += bytes.length;
    const fitting = Math.min(bytes.length, MOST_BYTES - this.#length);
    if (fitting <= 0) return;
    if (this.#length + fitting > this.#bytes.length) {
      const grown = new Uint8Array(
        this.#length === 0 ? fitting : Math.min(MOST_BYTES, 2 * (this.#length + fitting)),
      );
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(fitting === bytes.length ? bytes : bytes.subarray(0, fitting), this.#length);
    this.#length += fitting;
  }

  get view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** Bytes as UTF-8 text, cut where a content's text is cut. */
export function textOf(bytes: Uint8Array): string {
  return cut(decoder.decode(bytes.length > MOST_BYTES ? bytes.subarray(0, MOST_BYTES) : bytes));
}

/** Bytes as hex digits, cut likewise. */
export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, CONTENT_TEXT / 2 + 1)) text += HEX[byte];
  return cut(text);
}

/** Text, cut where a content's text is cut: never within a surrogate pair. */
export function cut(text: string): string {
  if (text.length <= CONTENT_TEXT) return text;
  const last = text.charCodeAt(CONTENT_TEXT - 1);
  const end = last >= 0xd800 && last < 0xdc00 ? CONTENT_TEXT - 1 : CONTENT_TEXT;
  return `${text.slice(0, end)}…`;
}
