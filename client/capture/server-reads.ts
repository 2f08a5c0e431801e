/** What server code was handed that reads a connection itself: bytes, of which the dissector says which messages they are. */
import type { SourcePosition } from '#protocol/errors';
import type { HandedEvent } from '#protocol/telemetry';
import type { WireRecord } from '../dissect/records.ts';
import type { ServerMoment } from './exchanges.ts';
import type { CodeCall } from './stream/call-log.ts';
import type { Stream } from './stream/stream.ts';
import { Subject } from './subject.ts';
import type { RecordColumns } from './table/record-columns.ts';

/** Bytes of which it is not known yet what they are: of more than these, the oldest stay unknown. */
const MOST_WAITING = 1_000;

export interface ReadTarget {
  records: RecordColumns;
  /** Code was handed the message of this row, for the first time. */
  handled(row: number, t: number, at: SourcePosition | undefined): void;
  point(subject: Subject, stream: Stream, index: number): void;
}

export class ServerReads {
  readonly #target: ReadTarget;

  constructor(target: ReadTarget) {
    this.#target = target;
  }

  handed(stream: Stream, { t, offset: start, length, name, at }: HandedEvent): ServerMoment {
    const end = start + length;
    const subject = new Subject('server');
    stream.callbacks.add({ start, end, t, name, at });
    const { read } = stream;
    read.end = Math.max(read.end, end);
    read.waiting.push({ start, end, subject });
    if (read.waiting.length > MOST_WAITING) read.waiting.shift();
    this.settle(stream);
    return { t, at, subject };
  }

  /** Messages that are complete were handed over when their last byte was. */
  settle(stream: Stream): void {
    const { records, handled } = this.#target;
    const { read } = stream;
    for (; read.place < stream.length; read.place++) {
      const row = stream.rowOf(read.place);
      if (row < 0) continue;
      const end = records.endOf(row);
      if (end > read.end) return;
      if (!records.isComplete(row)) {
        // Others follow: it will never be more than it is.
        if (read.place < stream.length - 1) continue;
        return;
      }
      const last = stream.callbacks.within(end - 1, end).at(-1);
      if (last) handled(row, last.t, lineFor(last, records.get(row)));
      this.#point(stream, end);
    }
  }

  /** What a listener did is about the message that it was called with, where that was only one. */
  #point(stream: Stream, end: number): void {
    const { place, waiting } = stream.read;
    while (waiting.length > 0 && waiting[0]!.end <= end) {
      const { start, subject } = waiting.shift()!;
      if (stream.indexOf(start, this.#target.records) === place) this.#target.point(subject, stream, place);
    }
  }
}

/** The line that is handed a message; the package `ws` keeps control frames (RFC 6455 §5.5) to itself. */
function lineFor({ name, at }: CodeCall, record: WireRecord): SourcePosition | undefined {
  return name === 'message' && record.kind === 'frame' && record.opcode >= 8 ? undefined : at;
}
