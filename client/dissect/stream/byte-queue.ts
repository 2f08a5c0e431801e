const LF = 0x0a;
const SMALL = 1024;
/** Lines of chunk sizes are shorter; for them a call into the engine costs more than looking at every byte. */
const SHORT_LINE = 24;
/** An empty queue gives back more than this. */
const KEPT_WHEN_EMPTY = 131_072;

/** Bytes that were pushed and not yet taken: the only place that knows where pushes began and ended. */
export class ByteQueue {
  #buffer = new Uint8Array(SMALL);
  #start = 0;
  #end = 0;
  /** Bytes from the start that are known to hold no LF, so that no byte is searched twice. */
  #searched = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** The byte at a place among those that wait; the caller knows that there is one. */
  at(index: number): number {
    return this.#buffer[this.#start + index]!;
  }

  /** Copies the bytes: the caller may reuse its array. */
  push(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#buffer.length) this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** Length of the first line with its LF; 0 while its end is not there. */
  lineLength(): number {
    let at = this.#start + this.#searched;
    const near = Math.min(this.#end, at + SHORT_LINE);
    while (at < near && this.#buffer[at] !== LF) at++;
    if (at === near) {
      const found = this.#buffer.subarray(at, this.#end).indexOf(LF);
      if (found < 0) {
        this.#searched = this.length;
        return 0;
      }
      at += found;
    }
    return at - this.#start + 1;
  }

  /** A view of the first bytes, valid until the next call of `push` or `take`. */
  peek(length = this.length): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#start + Math.min(length, this.length));
  }

  /** Removes the first bytes and returns a view of them, valid until the next `push`. */
  take(length: number): Uint8Array {
    const taken = this.peek(length);
    this.drop(length);
    return taken;
  }

  /** Removes the first bytes; there are as many. */
  drop(length: number): void {
    this.#start += length;
    this.#searched = 0;
    if (this.#start < this.#end) return;
    this.#start = this.#end = 0;
    if (this.#buffer.length > KEPT_WHEN_EMPTY) this.#buffer = new Uint8Array(SMALL);
  }

  #makeRoom(length: number): void {
    const kept = this.peek();
    let size = this.#buffer.length;
    while (size < kept.length + length) size *= 2;
    const target = size === this.#buffer.length ? this.#buffer : new Uint8Array(size);
    target.set(kept);
    this.#buffer = target;
    this.#start = 0;
    this.#end = kept.length;
  }
}
