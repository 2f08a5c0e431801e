import type { Direction } from '#protocol/telemetry';
import { Column } from '../columns/column.ts';
import type { Names, Positions } from '../columns/interned.ts';
import type { HttpMessage } from '../exchanges.ts';
import type { Subject } from '../subject.ts';
import type { RecordColumns } from '../table/record-columns.ts';
import { ByteStore } from '../byte-store.ts';
import { CallLog } from './call-log.ts';
import { ContentLog } from './content-log.ts';
import { SegmentLog } from './segment-log.ts';

/** One direction of a connection: its bytes, and everything that lies over them. */
export class Stream {
  readonly connection: number;
  readonly direction: Direction;
  readonly bytes = new ByteStore();
  readonly segments = new SegmentLog();
  /** Calls that wrote the bytes: of the server code `down`, of the page `up`. */
  readonly writes: CallLog;
  /** Callbacks that were handed them: of the page `down`, of server code that reads by itself `up`. */
  readonly callbacks: CallLog;
  readonly contents = new ContentLog();
  /** HTTP messages by their place. */
  readonly heads = new Map<number, HttpMessage>();
  /** Messages below this place have arrived. */
  arrived = 0;
  /**
   * What server code has read by itself: bytes below `end`; of messages below `place` it is known whether they are
   * among them. `waiting`: what shows it, until it is known which message the bytes are of.
   */
  readonly read = { end: 0, place: 0, waiting: [] as { start: number; end: number; subject: Subject }[] };
  /** Contents that are WebSocket messages with data, in order: pages count them. */
  readonly data = new Column(Uint32Array);
  /** Places of the HTTP messages, in order. */
  readonly #headPlaces = new Column(Uint32Array);
  /** Rows of the messages, plus 1; 0 for none. */
  readonly #rows = new Column(Uint32Array);
  /** Place of the first message that is not forgotten. */
  #first = 0;

  constructor(connection: number, direction: Direction, names: Names, positions: Positions) {
    this.connection = connection;
    this.direction = direction;
    this.writes = new CallLog(names, positions);
    this.callbacks = new CallLog(names, positions);
  }

  /** One more than the place of the last message. */
  get length(): number {
    return this.#first + this.#rows.length;
  }

  /** Place of the first message that is kept. */
  get first(): number {
    return this.#first;
  }

  get byteLength(): number {
    const parts = [this.segments, this.writes, this.callbacks, this.contents, this.data, this.#rows];
    return parts.reduce((sum, { byteLength }) => sum + byteLength, this.bytes.size);
  }

  /** Row of the message at this place; -1 when there is none, or none any more. */
  rowOf(index: number): number {
    const at = index - this.#first;
    return at < 0 || at >= this.#rows.length ? -1 : this.#rows.get(at) - 1;
  }

  setRow(index: number, row: number): void {
    while (this.length <= index) this.#rows.push(0);
    this.#rows.set(index - this.#first, row + 1);
  }

  /** Place of the message with the byte at `offset`, or of the last before it; `first` when there is none. */
  indexOf(offset: number, records: RecordColumns): number {
    let low = this.#first;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const row = this.rowOf(middle);
      if (row < 0 || records.startOf(row) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The HTTP message that is, or has in its body, what lies at this place. */
  headOf(index: number, records: RecordColumns): HttpMessage | undefined {
    const own = this.heads.get(index);
    if (own) return own;
    const row = this.rowOf(index);
    const record = row < 0 ? undefined : records.get(row);
    return record?.kind === 'chunk' || record?.kind === 'body' ? this.heads.get(record.message) : undefined;
  }

  addHead(index: number, message: HttpMessage): void {
    this.heads.set(index, message);
    this.#headPlaces.insert(this.#headPlaces.firstAbove(index), index);
  }

  /** The HTTP message that follows the one at this place. */
  nextHead(index: number): HttpMessage | undefined {
    const at = this.#headPlaces.firstAbove(index);
    return at < this.#headPlaces.length ? this.heads.get(this.#headPlaces.get(at)) : undefined;
  }

  /** The HTTP message before the one at this place. */
  headBefore(index: number): HttpMessage | undefined {
    const at = this.#headPlaces.firstAtLeast(index) - 1;
    return at < 0 ? undefined : this.heads.get(this.#headPlaces.get(at));
  }

  /** Rows have new numbers; those below -1 are gone. Forgets what belongs only to messages that are gone. */
  renumber(numbers: Int32Array, records: RecordColumns): void {
    for (let at = 0; at < this.#rows.length; at++) {
      const row = this.#rows.get(at);
      this.#rows.set(at, row === 0 ? 0 : numbers[row - 1]! + 1);
      if (row !== 0 && this.#rows.get(at) === 0) this.heads.delete(at + this.#first);
    }
    let gone = 0;
    while (gone < this.#rows.length && this.#rows.get(gone) === 0) gone++;
    const next = gone < this.#rows.length ? records.startOf(this.#rows.get(gone) - 1) : this.segments.end;
    this.#rows.dropFirst(gone);
    this.#first += gone;
    this.#headPlaces.dropFirst(this.#headPlaces.firstAtLeast(this.#first));
    this.arrived = Math.max(this.arrived, this.#first);
    this.read.place = Math.max(this.read.place, this.#first);
    this.bytes.dropBelow(next);
    this.segments.dropBelow(next);
    this.writes.dropBelow(next);
    this.callbacks.dropBelow(next);
    this.contents.dropBelow(next);
  }
}
