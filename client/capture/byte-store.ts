/** The recorded bytes of one direction of a connection, by offset; what was not recorded is missing. */
export class ByteStore {
  #chunks: { offset: number; bytes: Uint8Array }[] = [];
  #size = 0;

  /** Bytes held. */
  get size(): number {
    return this.#size;
  }

  /** Offsets grow from one call to the next. */
  add(offset: number, bytes: Uint8Array): void {
    this.#chunks.push({ offset, bytes });
    this.#size += bytes.length;
  }

  /** A copy of [start, end); zero where nothing was recorded. */
  read(start: number, end: number): Uint8Array {
    const result = new Uint8Array(Math.max(0, end - start));
    for (let index = this.#indexAt(start); index < this.#chunks.length; index++) {
      const { offset, bytes } = this.#chunks[index]!;
      if (offset >= end) break;
      const from = Math.max(0, start - offset);
      const to = Math.min(bytes.length, end - offset);
      if (to > from) result.set(bytes.subarray(from, to), offset + from - start);
    }
    return result;
  }

  /** Forgets chunks that lie wholly below `offset`. */
  dropBelow(offset: number): void {
    let count = 0;
    for (const chunk of this.#chunks) {
      if (chunk.offset + chunk.bytes.length > offset) break;
      this.#size -= chunk.bytes.length;
      count++;
    }
    this.#chunks.splice(0, count);
  }

  /** The last chunk that begins at or below `offset`, or the first. */
  #indexAt(offset: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#chunks[middle]!.offset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
