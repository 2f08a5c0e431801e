/**
 * DEFLATE (RFC 1951) as RFC 7692 uses it: one message at a time, over a window that the next message may
 * refer back to, blocks with BFINAL anywhere, and output that is handed on piece by piece, so that a
 * small message that swells to gigabytes never lies in memory as a whole.
 */
import { CODE_ORDER, DISTANCES, FIXED, LENGTHS, tableOf, type Table } from './huffman.ts';

const WINDOW_BYTES = 32_768;
/** Output is handed on and moved down when it gets this long; a copy may add 258 bytes (RFC 1951 §3.2.5). */
const SLIDE_AT = 4 * WINDOW_BYTES;
const LONGEST_COPY = 258;

/** RFC 7692 §7.2.2: what the sender left off the end of the message. */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/** `corrupt`: it is not DEFLATE. `too-long`: there would be more than was wanted. */
export type Inflated = 'ok' | 'corrupt' | 'too-long';

export class Inflater {
  readonly #out = new Uint8Array(SLIDE_AT + LONGEST_COPY);
  /** Output before this place was handed on. */
  #shown = 0;
  #end = 0;
  #in = TAIL;
  #at = 0;
  /** Bits taken from the input and not yet used, lowest first. */
  #bits = 0;
  #count = 0;
  #left = 0;
  #take: (bytes: Uint8Array) => void = () => undefined;

  /**
   * Inflates the payload of one message.
   *
   * @param take Is handed the output in pieces, valid during the call only.
   * @param most Stops after this many bytes of output. What follows cannot be inflated any more then, and
   * neither can it when the message is corrupt.
   */
  message(payload: Uint8Array, take: (bytes: Uint8Array) => void, most: number): Inflated {
    this.#in = new Uint8Array(payload.length + TAIL.length);
    this.#in.set(payload);
    this.#in.set(TAIL, payload.length);
    this.#at = this.#bits = this.#count = 0;
    this.#left = most;
    this.#take = take;
    let result: Inflated = 'ok';
    while (result === 'ok' && (this.#in.length - this.#at) * 8 + this.#count > 0) result = this.#block();
    this.#show();
    return result;
  }

  /** Forgets what was inflated: the next message must not refer back to it (RFC 7692 §7.1.1). */
  forget(): void {
    this.#shown = this.#end = 0;
  }

  #block(): Inflated {
    const header = this.#read(3);
    if (header < 0) {
      this.#count = 0;
      return 'ok';
    }
    const isFinal = (header & 1) === 1;
    const result = [
      () => this.#stored(),
      () => this.#compressed(FIXED.literals, FIXED.distances),
      () => this.#dynamic(),
      () => 'corrupt' as const,
    ][header >> 1]!();
    // The data ends here, but another stream may follow, from the next byte on.
    if (isFinal) this.#align();
    return result;
  }

  #stored(): Inflated {
    this.#align();
    const length = this.#read(16);
    const check = this.#read(16);
    // The sender may have left the tail on: then ours is one too many, and incomplete.
    if (length < 0 || check < 0) {
      this.#count = 0;
      return 'ok';
    }
    if (length !== (~check & 0xffff)) return 'corrupt';
    // Whole bytes that lie in the bit buffer belong to the block.
    this.#at -= this.#count >> 3;
    this.#bits = this.#count = 0;
    if (this.#at + length > this.#in.length) return 'corrupt';
    for (let done = 0; done < length;) {
      const piece = Math.min(length - done, SLIDE_AT - this.#end, this.#left);
      if (piece === 0 && this.#left === 0) return 'too-long';
      this.#out.set(this.#in.subarray(this.#at, this.#at + piece), this.#end);
      this.#at += piece;
      done += piece;
      this.#grow(piece);
    }
    return 'ok';
  }

  #dynamic(): Inflated {
    const sizes = this.#read(14);
    if (sizes < 0) return 'corrupt';
    const literals = (sizes & 31) + 257;
    const distances = ((sizes >> 5) & 31) + 1;
    const codes = (sizes >> 10) + 4;
    const codeLengths = new Uint8Array(19);
    for (let index = 0; index < codes; index++) codeLengths[CODE_ORDER[index]!] = Math.max(0, this.#read(3));
    const codeTable = tableOf(codeLengths);
    if (!codeTable || literals > 286 || distances > 30) return 'corrupt';

    const lengths = new Uint8Array(literals + distances);
    for (let index = 0; index < lengths.length;) {
      const symbol = this.#symbol(codeTable);
      if (symbol < 0) return 'corrupt';
      if (symbol < 16) {
        lengths[index++] = symbol;
        continue;
      }
      const repeat =
        symbol === 16 ? 3 + this.#read(2) : symbol === 17 ? 3 + this.#read(3) : 11 + this.#read(7);
      if ((symbol === 16 && index === 0) || index + repeat > lengths.length) return 'corrupt';
      lengths.fill(symbol === 16 ? lengths[index - 1]! : 0, index, index + repeat);
      index += repeat;
    }
    const literalTable = tableOf(lengths.subarray(0, literals));
    const distanceTable = tableOf(lengths.subarray(literals));
    // Without the code for the end of the block it would never end.
    if (!literalTable || !distanceTable || lengths[256] === 0) return 'corrupt';
    return this.#compressed(literalTable, distanceTable);
  }

  #compressed(literals: Table, distances: Table): Inflated {
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol < 0) return 'corrupt';
      if (symbol === 256) return 'ok';
      if (this.#left === 0) return 'too-long';
      if (symbol < 256) {
        this.#out[this.#end] = symbol;
        this.#grow(1);
        continue;
      }
      const length = LENGTHS.base[symbol - 257];
      if (length === undefined) return 'corrupt';
      const copied = length + this.#read(LENGTHS.extra[symbol - 257]!);
      const code = this.#symbol(distances);
      const base = code < 0 ? undefined : DISTANCES.base[code];
      if (base === undefined) return 'corrupt';
      const extra = this.#read(DISTANCES.extra[code]!);
      const distance = base + extra;
      if (extra < 0 || copied < length || distance > Math.min(this.#end, WINDOW_BYTES)) return 'corrupt';
      const room = Math.min(copied, this.#left);
      this.#copy(distance, room);
      if (room < copied) return 'too-long';
    }
  }

  #copy(distance: number, length: number): void {
    const out = this.#out;
    const from = this.#end - distance;
    for (let index = 0; index < length; index++) out[this.#end + index] = out[from + index]!;
    this.#grow(length);
  }

  #grow(length: number): void {
    this.#end += length;
    this.#left -= length;
    if (this.#end < SLIDE_AT) return;
    this.#show();
    this.#out.copyWithin(0, this.#end - WINDOW_BYTES, this.#end);
    this.#shown = this.#end = WINDOW_BYTES;
  }

  #show(): void {
    if (this.#end > this.#shown) this.#take(this.#out.subarray(this.#shown, this.#end));
    this.#shown = this.#end;
  }

  /** The next bits as a number, at most 16; -1 when the input ends before. */
  #read(count: number): number {
    while (this.#count < count) {
      if (this.#at === this.#in.length) return -1;
      this.#bits |= this.#in[this.#at++]! << this.#count;
      this.#count += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#count -= count;
    return value;
  }

  /** The next symbol; -1 when the input ends before, or no code begins so. */
  #symbol({ entries, bits }: Table): number {
    while (this.#count < bits && this.#at < this.#in.length) {
      this.#bits |= this.#in[this.#at++]! << this.#count;
      this.#count += 8;
    }
    const entry = entries[this.#bits & ((1 << bits) - 1)]!;
    const length = entry & 15;
    if (length === 0 || length > this.#count) return -1;
    this.#bits >>>= length;
    this.#count -= length;
    return entry >> 4;
  }

  #align(): void {
    const odd = this.#count & 7;
    this.#bits >>>= odd;
    this.#count -= odd;
  }
}
