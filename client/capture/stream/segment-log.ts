import { Column } from '../columns/column.ts';
import { cutOf } from '../ranges.ts';
import type { Segment } from '../run.ts';
import { Marks } from './marks.ts';

const RECORDED = 1;
const BY_PROXY = 2;

/** What entered one direction of a connection, read by read or write by write, and how far it has got. */
export class SegmentLog {
  readonly arrivals = new Marks();
  /** Where a proxy stands on the way. */
  readonly atProxy = new Marks();
  readonly leftProxy = new Marks();
  readonly #starts = new Column(Float64Array);
  readonly #ends = new Column(Float64Array);
  readonly #entered = new Column(Float64Array);
  readonly #flags = new Column(Uint8Array);

  /** Where the next bytes are expected. */
  get end(): number {
    return this.#ends.length === 0 ? 0 : this.#ends.get(this.#ends.length - 1);
  }

  get byteLength(): number {
    const columns = [this.#starts, this.#ends, this.#entered, this.#flags, this.arrivals];
    return columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Segments come in order of offsets; one that does not go beyond `end` was told before. */
  add(start: number, end: number, entered: number, recorded: boolean, byProxy: boolean): boolean {
    if (!(end > this.end)) return false;
    this.#starts.push(Math.max(start, this.end));
    this.#ends.push(end);
    this.#entered.push(entered);
    this.#flags.push((recorded ? RECORDED : 0) | (byProxy ? BY_PROXY : 0));
    return true;
  }

  /** When the byte at `offset` entered; null when that was not told. */
  enteredAt(offset: number): number | null {
    const index = this.#ends.firstAbove(offset);
    return index < this.#ends.length ? this.#entered.get(index) : null;
  }

  /** The segments of [start, end), cut to it: one read can hold the end of a message and the next one. */
  within(start: number, end: number): Segment[] {
    const found: Segment[] = [];
    for (let index = this.#ends.firstAbove(start); index < this.#ends.length; index++) {
      const from = Math.max(start, this.#starts.get(index));
      if (from >= end) break;
      const to = Math.min(end, this.#ends.get(index));
      const flags = this.#flags.get(index);
      const entered = this.#entered.get(index);
      const segment: Segment = {
        start: from,
        end: to,
        entered,
        arrived: this.arrivals.timeOf(to),
        recorded: (flags & RECORDED) !== 0,
      };
      const isByProxy = (flags & BY_PROXY) !== 0;
      if (isByProxy) segment.by = 'proxy';
      const reached = isByProxy ? null : this.atProxy.timeOf(to);
      // Marks tell how far the stream has got: what had arrived before never met the proxy.
      const met = reached !== null && (segment.arrived === null || reached <= segment.arrived);
      if (met) segment.proxy = { reached, left: this.leftProxy.timeOf(to) };
      const cut = cutOf(this.#starts.get(index) < from, this.#ends.get(index) > to);
      if (cut) segment.cut = cut;
      found.push(segment);
    }
    return found;
  }

  /** Forgets segments wholly below `offset`; the last one stays, so that `end` does. */
  dropBelow(offset: number): void {
    const count = Math.min(this.#ends.firstAbove(offset), this.#ends.length - 1);
    for (const column of [this.#starts, this.#ends, this.#entered, this.#flags]) column.dropFirst(count);
    for (const marks of [this.arrivals, this.atProxy, this.leftProxy]) marks.dropBelow(offset);
  }
}
