import type { SourcePosition } from '#protocol/errors';
import { Column } from '../columns/column.ts';
import type { Names, Positions } from '../columns/interned.ts';

/** Code and the bytes it had to do with: a call that wrote them, or a callback that was handed them. */
export interface CodeCall {
  start: number;
  end: number;
  t: number;
  name: string;
  at?: SourcePosition;
}

/** Calls on one direction of a connection, in order of offsets. */
export class CallLog {
  readonly #names: Names;
  readonly #positions: Positions;
  readonly #starts = new Column(Float64Array);
  readonly #ends = new Column(Float64Array);
  readonly #times = new Column(Float64Array);
  readonly #name = new Column(Uint16Array);
  readonly #position = new Column(Uint16Array);

  constructor(names: Names, positions: Positions) {
    this.#names = names;
    this.#positions = positions;
  }

  get byteLength(): number {
    const columns = [this.#starts, this.#ends, this.#times, this.#name, this.#position];
    return columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  add({ start, end, t, name, at }: CodeCall): void {
    let place = this.#ends.length;
    // Nearly always the last; what was told late takes its place, so that the ends ascend.
    while (place > 0 && this.#ends.get(place - 1) > end) place--;
    this.#starts.insert(place, start);
    this.#ends.insert(place, end);
    this.#times.insert(place, t);
    this.#name.insert(place, this.#names.numberOf(name));
    this.#position.insert(place, this.#positions.numberOf(at));
  }

  /** Calls with bytes in [start, end), in order; each with all its bytes. */
  within(start: number, end: number): CodeCall[] {
    const found: CodeCall[] = [];
    for (let index = this.#ends.firstAbove(start); index < this.#ends.length; index++) {
      if (this.#starts.get(index) >= end) break;
      found.push({
        start: this.#starts.get(index),
        end: this.#ends.get(index),
        t: this.#times.get(index),
        name: this.#names.valueOf(this.#name.get(index)) ?? '',
        at: this.#positions.valueOf(this.#position.get(index)),
      });
    }
    return found;
  }

  dropBelow(offset: number): void {
    const count = this.#ends.firstAbove(offset);
    for (const column of [this.#starts, this.#ends, this.#times, this.#name, this.#position]) {
      column.dropFirst(count);
    }
  }
}
