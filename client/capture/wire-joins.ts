/** What the page's calls know, laid over the wire: which bytes code was handed, and which it wrote. */
import type { SourcePosition } from '#protocol/errors';
import type { ByteRange, ContentRecord, WireRecord } from '../dissect/records.ts';
import type { ConnectionTrack } from './connection-track.ts';
import type { Exchange, HttpMessage } from './exchanges.ts';
import type { Moment, PageCall, WireAccess } from './page/page-call.ts';
import type { Stream } from './stream/stream.ts';
import type { Subject } from './subject.ts';
import type { RecordColumns } from './table/record-columns.ts';

/** A chunk's data is followed by CRLF, of which code sees nothing. */
const CRLF = 2;

export interface JoinTarget {
  records: RecordColumns;
  trackOf(connection: number): ConnectionTrack | undefined;
  /** Code was handed the message of this row. */
  handled(row: number, t: number, at: SourcePosition | undefined): void;
  /** Code was handed it, nobody knows when. */
  passed(row: number): void;
  changed(row: number): void;
  pointed(subject: Subject): void;
}

export class WireJoins implements WireAccess {
  /** Calls about which something is new. */
  readonly waiting = new Set<PageCall>();
  readonly #target: JoinTarget;

  constructor(target: JoinTarget) {
    this.#target = target;
  }

  resolve(): void {
    for (const call of this.waiting) call.resolve(this);
    this.waiting.clear();
  }

  up(exchange: Exchange): Stream | null {
    const connection = exchange.request?.stream.connection;
    return (connection !== undefined && this.#target.trackOf(connection)?.streams.up) || null;
  }

  down(exchange: Exchange): Stream | null {
    return exchange.response?.stream ?? null;
  }

  recordAt(stream: Stream, index: number): WireRecord | undefined {
    const row = stream.rowOf(index);
    return row < 0 ? undefined : this.#target.records.get(row);
  }

  contentAt(stream: Stream, index: number): ContentRecord | undefined {
    return stream.contents.get(index);
  }

  endOf({ stream, index, record }: HttpMessage): number | null {
    if (!record.complete) return null;
    if (record.body.framing === 'none' || record.body.framing === 'content-length') return record.end;
    // The next message begins where this one ends.
    const next = stream.nextHead(index);
    return next?.record.start ?? null;
  }

  hand(stream: Stream, ranges: ByteRange[], moment: Moment, subject: Subject, byParts = false): void {
    const { records } = this.#target;
    let last = -1;
    for (const { start, end } of ranges) {
      if (end <= start) continue;
      stream.callbacks.add({ start, end, ...moment });
      for (let index = stream.indexOf(start, records); index < stream.length; index++) {
        const row = stream.rowOf(index);
        if (row < 0) continue;
        if (records.startOf(row) >= end) break;
        last = index;
        if (!byParts || this.#handedEnd(row) <= end) this.#target.handled(row, moment.t, moment.at);
        this.#target.changed(row);
      }
    }
    if (last >= 0) this.point(subject, stream, last);
  }

  passed(stream: Stream, ranges: ByteRange[]): void {
    const { records } = this.#target;
    for (const { start, end } of ranges) {
      for (let index = stream.indexOf(start, records); index < stream.length; index++) {
        const row = stream.rowOf(index);
        if (row < 0) continue;
        if (records.startOf(row) >= end) break;
        if (this.#handedEnd(row) <= end) this.#target.passed(row);
      }
    }
  }

  wrote(stream: Stream, ranges: ByteRange[], moment: Moment, subject: Subject): void {
    const { records } = this.#target;
    let last = -1;
    for (const { start, end } of ranges) {
      stream.writes.add({ start, end, ...moment });
      for (let index = stream.indexOf(start, records); index < stream.length; index++) {
        const row = stream.rowOf(index);
        if (row < 0) continue;
        if (records.startOf(row) >= end) break;
        last = index;
        this.#target.changed(row);
      }
    }
    if (last >= 0) this.point(subject, stream, last);
  }

  point(subject: Subject, { connection, direction }: Stream, index: number): void {
    subject.message ??= { connection, direction, index };
    if (subject.words.length + subject.rows.length + subject.deliveries.length > 0)
      this.#target.pointed(subject);
  }

  /** Behind the last byte of a message that code is handed. */
  #handedEnd(row: number): number {
    const { records } = this.#target;
    return records.endOf(row) - (records.kindOf(row) === 'chunk' ? CRLF : 0);
  }
}
