import { Column } from '../columns/column.ts';

/** Places of one block: what is asked of a stretch costs two blocks at most, besides a look at each between. */
const BLOCK = 64;

/**
 * Sums over the places of a long list, for any stretch of it at once: blocks of places that are summed, and
 * sums of all blocks before each. Summed when asked for, and only what changed.
 */
export class Blocks {
  readonly #counters: number;
  readonly #count: (counter: number, place: number) => number;
  readonly #addTo: (sums: Float64Array, place: number) => void;
  /** What is being summed. */
  readonly #sums: Float64Array;
  readonly #endOf: (place: number) => number;
  /** By block and counter: the sum of all places before the block. */
  #before = new Float64Array(0);
  /** By block: the furthest end of its places. */
  readonly #furthest = new Column(Float64Array);
  /** Blocks below this one are right, but for those in `#stale`. */
  #valid = 0;
  readonly #stale = new Set<number>();
  /** How many places were summed; -1 when something has changed since. */
  #summed = -1;

  /**
   * @param counters how many things are counted.
   * @param count says what a place adds to a counter.
   * @param addTo adds what a place adds to all of them.
   * @param endOf until when a place lasts; Infinity while it does.
   */
  constructor(
    counters: number,
    count: (counter: number, place: number) => number,
    addTo: (sums: Float64Array, place: number) => void,
    endOf: (place: number) => number,
  ) {
    this.#counters = counters;
    this.#count = count;
    this.#addTo = addTo;
    this.#sums = new Float64Array(counters);
    this.#endOf = endOf;
  }

  /** A place counts or ends otherwise now. */
  changed(place: number): void {
    this.#summed = -1;
    const block = Math.floor(place / BLOCK);
    if (block < this.#valid) this.#stale.add(block);
  }

  /** The places from this one on are others. */
  changedFrom(place: number): void {
    this.#summed = -1;
    this.#valid = Math.min(this.#valid, Math.floor(place / BLOCK));
  }

  /** Sum of a counter over the places before `place`; there are `length`. */
  sumBefore(counter: number, place: number, length: number): number {
    this.#refresh(length);
    const block = Math.floor(place / BLOCK);
    let sum = this.#before[block * this.#counters + counter] ?? 0;
    for (let each = block * BLOCK; each < place; each++) sum += this.#count(counter, each);
    return sum;
  }

  /** The places before `to` that last until `from` or longer, in order. */
  *lastingUntil(from: number, to: number, length: number): Generator<number> {
    this.#refresh(length);
    for (let block = 0; block * BLOCK < to; block++) {
      if (this.#furthest.get(block) < from) continue;
      const end = Math.min(to, (block + 1) * BLOCK);
      for (let place = block * BLOCK; place < end; place++) if (this.#endOf(place) >= from) yield place;
    }
  }

  #refresh(length: number): void {
    if (length === this.#summed) return;
    this.#summed = length;
    const blocks = Math.ceil(length / BLOCK);
    for (const block of this.#stale) if (block < this.#valid) this.#sum(block, length);
    this.#stale.clear();
    // The last block may have got more places since.
    for (let block = Math.max(0, this.#valid); block < blocks; block++) this.#sum(block, length);
    this.#valid = Math.max(0, Math.floor(length / BLOCK));
  }

  /** Sums one block, and corrects all behind it by the difference. */
  #sum(block: number, length: number): void {
    const counters = this.#counters;
    const needed = (block + 2) * counters;
    if (this.#before.length < needed) {
      const grown = new Float64Array(needed * 2);
      grown.set(this.#before);
      this.#before = grown;
    }
    let furthest = -Infinity;
    const end = Math.min(length, (block + 1) * BLOCK);
    const sums = this.#sums.fill(0);
    for (let place = block * BLOCK; place < end; place++) {
      furthest = Math.max(furthest, this.#endOf(place));
      this.#addTo(sums, place);
    }
    while (this.#furthest.length <= block) this.#furthest.push(-Infinity);
    this.#furthest.set(block, furthest);
    for (let counter = 0; counter < counters; counter++) {
      const at = block * counters + counter;
      const difference = this.#before[at]! + sums[counter]! - this.#before[at + counters]!;
      if (difference === 0) continue;
      const last = Math.max(block + 1, this.#valid);
      for (let each = block + 1; each <= last; each++) this.#before[each * counters + counter]! += difference;
    }
  }
}
