import { Column } from './column.ts';

/**
 * Rows of a table in order of time. A row keeps its number, its place among the others changes: most come
 * in order, and those that do not move the few behind them.
 */
export class TimeOrder {
  readonly #times = new Column(Float64Array);
  /** By place. */
  readonly #rows = new Column(Uint32Array);

  get length(): number {
    return this.#rows.length;
  }

  get byteLength(): number {
    return this.#times.byteLength + this.#rows.byteLength;
  }

  /** Adds the next row and returns its place: behind everything that is not later. */
  add(t: number): number {
    const row = this.#times.length;
    this.#times.push(t);
    let place = row;
    while (place > 0 && this.#times.get(this.#rows.get(place - 1)) > t) place--;
    this.#rows.insert(place, row);
    return place;
  }

  timeOf(row: number): number {
    return this.#times.get(row);
  }

  rowAt(place: number): number {
    return this.#rows.get(place);
  }

  /** Rows of one time are in order of their numbers. */
  placeOf(row: number): number {
    const t = this.#times.get(row);
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#rows.get(middle);
      const time = this.#times.get(other);
      if (time < t || (time === t && other < row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The place of the first row at or after `t`; `length` when there is none. */
  indexAt(t: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#times.get(this.#rows.get(middle)) < t) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Keeps the rows `kept`, which ascend; they are numbered anew in this order. */
  retain(kept: Uint32Array): void {
    this.#times.retain(kept);
    const rows = [...kept.keys()].sort((a, b) => this.#times.get(a) - this.#times.get(b) || a - b);
    this.#rows.dropFirst(this.#rows.length);
    for (const row of rows) this.#rows.push(row);
  }
}
