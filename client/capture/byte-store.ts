/** Bytes of one block: an array of its own for each read would cost more than its bytes. */
const BLOCK_BYTES = 64 * 1024;

interface Block {
  offset: number;
  bytes: Uint8Array;
  length: number;
}

/** The recorded bytes of one direction of a connection, by offset; what was not recorded is missing. */
export class ByteStore {
  #blocks: Block[] = [];

  /** Bytes held, room for more included. */
  get size(): number {
    return this.#blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** Offsets grow from one call to the next; what lies below is not taken. */
  add(offset: number, bytes: Uint8Array): void {
    const last = this.#blocks.at(-1);
    const end = last ? last.offset + last.length : 0;
    const fresh = offset < end ? bytes.subarray(end - offset) : bytes;
    const at = Math.max(offset, end);
    if (fresh.length === 0) return;
    if (last && at === end && this.#room(last, fresh.length)) {
      last.bytes.set(fresh, last.length);
      last.length += fresh.length;
    } else {
      this.#blocks.push({ offset: at, bytes: fresh.slice(), length: fresh.length });
    }
  }

  /** A copy of [start, end); zero where nothing was recorded. */
  read(start: number, end: number): Uint8Array {
    const result = new Uint8Array(Math.max(0, end - start));
    for (let index = this.#indexAt(start); index < this.#blocks.length; index++) {
      const { offset, bytes, length } = this.#blocks[index]!;
      if (offset >= end) break;
      const from = Math.max(0, start - offset);
      const to = Math.min(length, end - offset);
      if (to > from) result.set(bytes.subarray(from, to), offset + from - start);
    }
    return result;
  }

  /** Forgets blocks that lie wholly below `offset`. */
  dropBelow(offset: number): void {
    const first = this.#blocks.findIndex((block) => block.offset + block.length > offset);
    this.#blocks.splice(0, first < 0 ? this.#blocks.length : first);
  }

  /** Makes room for `more` bytes in a block, as far as a block goes: small streams have small blocks. */
  #room(block: Block, more: number): boolean {
    const needed = block.length + more;
    if (needed <= block.bytes.length) return true;
    if (needed > BLOCK_BYTES) return false;
    const grown = new Uint8Array(Math.min(BLOCK_BYTES, Math.max(needed, block.bytes.length * 2)));
    grown.set(block.bytes.subarray(0, block.length));
    block.bytes = grown;
    return true;
  }

  /** The last block that begins at or below `offset`, or the first. */
  #indexAt(offset: number): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#blocks[middle]!.offset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
