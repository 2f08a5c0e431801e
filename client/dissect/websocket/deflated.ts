import { MAX_COMPRESSED_BYTES, MAX_INFLATED_BYTES } from '../limits.ts';
import { Inflater } from './inflate.ts';

/** Why a message could not be inflated: a key of `inspect:malformed.`. */
export type NotInflated = 'deflateCorrupt' | 'deflateTooLong' | 'deflateLost';

/** RFC 7692: the compressed messages of one direction. */
export class Deflated {
  readonly #takeover: boolean;
  #inflater: Inflater | null = null;
  /** Something before could not be inflated, and what comes next may refer back to it. */
  #lost = false;

  constructor(takeover: boolean) {
    this.#takeover = takeover;
  }

  /**
   * Inflates a message.
   *
   * @param payload Null when not all of it is there.
   * @returns Null when all is well.
   */
  inflate(payload: Uint8Array | null, take: (bytes: Uint8Array) => void): NotInflated | null {
    if (this.#lost && this.#takeover) return 'deflateLost';
    this.#lost = payload === null;
    if (payload === null) return 'deflateLost';
    this.#inflater ??= new Inflater();
    if (!this.#takeover) this.#inflater.forget();
    const result = this.#inflater.message(payload, take, MAX_INFLATED_BYTES);
    this.#lost = result !== 'ok';
    return result === 'ok' ? null : result === 'corrupt' ? 'deflateCorrupt' : 'deflateTooLong';
  }

  /** A message was not read to its end. */
  abandon(): void {
    this.#lost = true;
  }
}

/** The payload of a compressed message while its frames arrive. */
export class CompressedPayload {
  #bytes = new Uint8Array();
  #length = 0;
  #whole = true;

  push(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    this.#whole &&= length <= MAX_COMPRESSED_BYTES;
    if (!this.#whole) return;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(2 * length);
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  /** Bytes of it were not recorded. */
  break(): void {
    this.#whole = false;
  }

  /** All of it; null when it is not there. */
  get bytes(): Uint8Array | null {
    return this.#whole ? this.#bytes.subarray(0, this.#length) : null;
  }
}
