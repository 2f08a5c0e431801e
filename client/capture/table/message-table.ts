import type { Direction } from '#protocol/telemetry';
import type { WireRecord } from '../../dissect/records.ts';
import { Column } from '../columns/column.ts';
import { TimeOrder } from '../columns/time-order.ts';
import { Blocks } from './blocks.ts';
import { KINDS, RecordColumns } from './record-columns.ts';

/** Counted per place: messages up, contents ending in them each way, and messages of each kind. */
const UP = 0;
const CONTENTS = { up: 1, down: 2 } as const;
const FIRST_KIND = 3;
const COUNTERS = FIRST_KIND + KINDS.length;

/** A message by its connection, its direction and its place in it: what never changes about it. */
export interface MessageKey {
  connection: number;
  direction: Direction;
  index: number;
}

export function idOf({ connection, direction, index }: MessageKey): string {
  return `c${connection}-${direction}-${index}`;
}

/** Null when it is no id of a message. */
export function keyOf(id: string): MessageKey | null {
  const [, connection, direction, index] = /^c(\d+)-(up|down)-(\d+)$/.exec(id) ?? [];
  if (index === undefined) return null;
  return { connection: Number(connection), direction: direction as Direction, index: Number(index) };
}

/** All messages of a run: one row each, some 80 bytes. Places count in order of the first byte. */
export class MessageTable {
  readonly records = new RecordColumns();
  readonly #order = new TimeOrder();
  readonly #connections = new Column(Uint32Array);
  /** Twice the place in the direction, plus 1 for `up`. */
  readonly #keys = new Column(Uint32Array);
  readonly #arrived = new Column(Float64Array);
  readonly #handled = new Column(Float64Array);
  readonly #handledAt = new Column(Uint16Array);
  /** Index of the peer in the other direction, plus 1. */
  readonly #peers = new Column(Uint32Array);
  readonly #contents = new Column(Uint16Array);
  readonly #flags = new Column(Uint8Array);
  readonly #blocks = new Blocks(
    COUNTERS,
    (counter, place) => this.#count(counter, this.#order.rowAt(place)),
    (sums, place) => this.#addTo(sums, this.#order.rowAt(place)),
    (place) => this.#lastsUntil(this.#order.rowAt(place)),
  );
  /** When a connection ended, and with it all that was under way; Infinity while it is open. */
  readonly #endedAt: (connection: number) => number;
  /** Messages that were forgotten, and what was counted of them. */
  forgotten = 0;
  readonly #forgottenCounts = new Float64Array(COUNTERS);
  /** Longest time from first byte in to last byte out, ms. */
  longestMs = 0;

  constructor(endedAt: (connection: number) => number) {
    this.#endedAt = endedAt;
  }

  get length(): number {
    return this.#order.length;
  }

  get byteLength(): number {
    const rest = this.records.byteLength + this.#order.byteLength;
    return this.#columns().reduce((sum, { byteLength }) => sum + byteLength, rest);
  }

  /** Adds a row for a message whose first byte entered at `sent`. Returns its number. */
  add({ connection, direction, index }: MessageKey, sent: number, record: WireRecord): number {
    const row = this.length;
    this.records.push(record);
    this.#connections.push(connection);
    this.#keys.push(index * 2 + (direction === 'up' ? 1 : 0));
    this.#arrived.push(Number.NaN);
    this.#handled.push(Number.NaN);
    for (const column of [this.#handledAt, this.#peers, this.#contents, this.#flags]) {
      column.push(0);
    }
    this.#blocks.changedFrom(this.#order.add(sent));
    return row;
  }

  /** The record is known better. */
  update(row: number, record: WireRecord): void {
    const kind = this.records.kindNumberOf(row);
    this.records.set(row, record);
    if (kind !== this.records.kindNumberOf(row)) this.changed(row);
  }

  keyOf(row: number): MessageKey {
    const key = this.#keys.get(row);
    return {
      connection: this.#connections.get(row),
      direction: this.directionOf(row),
      index: Math.floor(key / 2),
    };
  }

  connectionOf(row: number): number {
    return this.#connections.get(row);
  }

  directionOf(row: number): Direction {
    return this.#keys.get(row) % 2 === 1 ? 'up' : 'down';
  }

  sentOf(row: number): number {
    return this.#order.timeOf(row);
  }

  arrivedOf(row: number): number | null {
    const t = this.#arrived.get(row);
    return Number.isNaN(t) ? null : t;
  }

  setArrived(row: number, t: number | null): void {
    this.#arrived.set(row, t ?? Number.NaN);
    if (t !== null) this.longestMs = Math.max(this.longestMs, t - this.sentOf(row));
    this.changed(row);
  }

  handledOf(row: number): number | null {
    const t = this.#handled.get(row);
    return Number.isNaN(t) ? null : t;
  }

  /** Number of the position that was handed it; 0 for none. */
  handledAtOf(row: number): number {
    return this.#handledAt.get(row);
  }

  setHandled(row: number, t: number, position: number): void {
    this.#handled.set(row, t);
    this.#handledAt.set(row, position);
  }

  /** Index of the peer in the other direction of its connection; -1 without one. */
  peerOf(row: number): number {
    return this.#peers.get(row) - 1;
  }

  setPeer(row: number, index: number): void {
    this.#peers.set(row, index + 1);
  }

  /** One more content ends in this message. */
  addContent(row: number): void {
    this.#contents.set(row, this.#contents.get(row) + 1);
    this.changed(row);
  }

  /** Sets a flag of a row; true when it was not set before. */
  flag(row: number, flag: number): boolean {
    const flags = this.#flags.get(row);
    this.#flags.set(row, flags | flag);
    return (flags & flag) === 0;
  }

  has(row: number, flag: number): boolean {
    return (this.#flags.get(row) & flag) !== 0;
  }

  rowAt(place: number): number {
    return this.#order.rowAt(place);
  }

  placeOf(row: number): number {
    return this.#order.placeOf(row);
  }

  indexAt(t: number): number {
    return this.#order.indexAt(t);
  }

  countBefore(direction: Direction, place: number): number {
    const up = this.#blocks.sumBefore(UP, place, this.length);
    return direction === 'up' ? up : place - up;
  }

  contentsBefore(direction: Direction, place: number): number {
    const counter = CONTENTS[direction];
    return this.#forgottenCounts[counter]! + this.#blocks.sumBefore(counter, place, this.length);
  }

  /** Messages of a kind (by its place in `KINDS`) before `place`, forgotten ones included. */
  kindBefore(kind: number, place: number): number {
    const counter = FIRST_KIND + kind;
    return this.#forgottenCounts[counter]! + this.#blocks.sumBefore(counter, place, this.length);
  }

  /** Places sent before `to` that were under way at `from` or later. */
  between(from: number, to: number): Generator<number> {
    return this.#blocks.lastingUntil(from, this.indexAt(to), this.length);
  }

  /** Keeps the rows that `keep` accepts. Returns the new number of each old row, -1 when it is gone. */
  retain(keep: (row: number) => boolean): Int32Array {
    const numbers = new Int32Array(this.length).fill(-1);
    const kept: number[] = [];
    for (let row = 0; row < numbers.length; row++) {
      if (keep(row)) numbers[row] = kept.push(row) - 1;
      else this.#forget(row);
    }
    const rows = Uint32Array.from(kept);
    this.forgotten += this.length - rows.length;
    this.records.retain(rows);
    for (const column of this.#columns()) column.retain(rows);
    this.#order.retain(rows);
    this.#blocks.changedFrom(0);
    return numbers;
  }

  /** What is counted of a row, or until when it lasts, is otherwise now. */
  changed(row: number): void {
    this.#blocks.changed(this.#order.placeOf(row));
  }

  #forget(row: number): void {
    this.#addTo(this.#forgottenCounts, row);
  }

  #count(counter: number, row: number): number {
    if (counter >= FIRST_KIND) return this.records.kindNumberOf(row) === counter - FIRST_KIND ? 1 : 0;
    const isUp = this.#keys.get(row) % 2 === 1;
    if (counter === UP) return isUp ? 1 : 0;
    return isUp === (counter === CONTENTS.up) ? this.#contents.get(row) : 0;
  }

  /** As `#count`, of all counters at once. */
  #addTo(sums: Float64Array, row: number): void {
    const isUp = this.#keys.get(row) % 2 === 1;
    if (isUp) sums[UP]!++;
    sums[isUp ? CONTENTS.up : CONTENTS.down]! += this.#contents.get(row);
    sums[FIRST_KIND + this.records.kindNumberOf(row)]!++;
  }

  #lastsUntil(row: number): number {
    const t = this.#arrived.get(row);
    return Number.isNaN(t) ? this.#endedAt(this.#connections.get(row)) : t;
  }

  #columns() {
    return [
      ...[this.#connections, this.#keys, this.#arrived, this.#handled],
      ...[this.#handledAt, this.#peers, this.#contents, this.#flags],
    ];
  }
}
