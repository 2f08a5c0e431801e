import { Column } from '../columns/column.ts';

/** When all bytes of a stream below an offset had got somewhere. */
export class Marks {
  readonly #ends = new Column(Float64Array);
  readonly #times = new Column(Float64Array);

  /** All bytes below this offset are there. */
  get end(): number {
    return this.#ends.length === 0 ? 0 : this.#ends.get(this.#ends.length - 1);
  }

  get byteLength(): number {
    return this.#ends.byteLength + this.#times.byteLength;
  }

  /** Returns false when that was known already. */
  add(end: number, t: number): boolean {
    if (!(end > this.end)) return false;
    this.#ends.push(end);
    this.#times.push(t);
    return true;
  }

  /** When the last byte below `end` got there; null when it has not. */
  timeOf(end: number): number | null {
    const index = this.#ends.firstAtLeast(end);
    return index < this.#ends.length ? this.#times.get(index) : null;
  }

  /** Forgets what is about bytes below `offset` only. */
  dropBelow(offset: number): void {
    const count = Math.min(this.#ends.firstAbove(offset), this.#ends.length - 1);
    this.#ends.dropFirst(count);
    this.#times.dropFirst(count);
  }
}
