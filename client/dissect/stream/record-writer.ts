import type { BodyReader } from '../bodies/body-reader.ts';
import type { Field, Malformed, WireRecord } from '../records.ts';
import { latin1, nameOf } from '../text.ts';
import { ByteQueue } from './byte-queue.ts';
import { ContentLog } from './content-log.ts';
import type { FieldCollector, FieldMeaning } from './field-collector.ts';
import { RecordLog } from './record-log.ts';

/** A line that is there in full. */
export interface Line {
  text: string;
  ending: '\r\n' | '\n';
  /** With its ending. */
  length: number;
}

const PARTIAL: FieldMeaning = { note: 'inspect:field.partial' };

/**
 * The bytes of one direction on their way into records: each byte is taken from the queue once and
 * becomes part of exactly one record, and of one of its fields where fields are collected.
 */
export class RecordWriter {
  readonly log = new RecordLog();
  readonly contents = new ContentLog();
  readonly queue = new ByteQueue();
  /** Null when nobody asks for fields. */
  readonly fields: FieldCollector | null;
  /** Offset in the direction of the first byte that is in no record yet. */
  offset: number;
  /** Is the last record still being read? */
  isOpen = false;
  #tail = 0;
  #tailIsData = false;

  constructor(fields: FieldCollector | null, offset = 0) {
    this.fields = fields;
    this.offset = offset;
  }

  get record(): WireRecord {
    return this.log.last;
  }

  /** Where the next byte is in the record. */
  get at(): number {
    return this.offset - this.log.last.start;
  }

  /** Where a record begins that is opened now. */
  get start(): number {
    return this.isOpen ? this.log.last.start : this.offset;
  }

  /** The first line; null while its end is not there within `longest` bytes. */
  peekLine(longest: number): Line | null {
    const length = this.queue.lineLength();
    if (length === 0 || length > longest) return null;
    const text = latin1(this.queue.peek(length));
    const ending = text.endsWith('\r\n') ? '\r\n' : '\n';
    return { text: text.slice(0, -ending.length), ending, length };
  }

  /** Begins a record; one that was undecided so far becomes its beginning. */
  open(record: WireRecord): void {
    if (this.isOpen) {
      record.malformed.unshift(...this.record.malformed);
      this.log.replace(record);
    } else {
      this.log.open(record);
    }
    record.end = this.offset;
    this.fields?.open(record.start);
    this.isOpen = true;
  }

  /** Begins a record for bytes that are nothing yet. */
  ensureOpen(): void {
    if (this.isOpen) return;
    const { offset } = this;
    const rest = { start: offset, end: offset, complete: false, data: 0, malformed: [] };
    this.open({ protocol: 'opaque', kind: 'bytes', because: 'undecided', ...rest });
  }

  close(): void {
    this.record.complete = true;
    this.leave();
  }

  /** Ends the record without calling it complete. */
  leave(): void {
    this.isOpen = false;
    this.log.seal();
  }

  note(reason: string, offset = this.at): void {
    this.record.malformed.push({ offset, reason });
    this.log.touch();
  }

  noteAll(notes: readonly Malformed[]): void {
    for (const { reason, offset } of notes) this.note(reason, offset);
  }

  /** Takes bytes of the open record whose fields, if any, were added. */
  skip(length: number): void {
    this.queue.drop(length);
    this.#advance(length);
  }

  /** Takes bytes of data. */
  takeData(length: number, meaning: FieldMeaning): void {
    this.fields?.addRun('data', this.offset, this.offset + length, this.queue.peek(length), meaning);
    this.queue.drop(length);
    this.record.data += length;
    this.#advance(length);
  }

  /** Data that passed but was not recorded. */
  skipData(length: number, meaning: FieldMeaning): void {
    if (length === 0) return;
    this.fields?.addRun('data', this.offset, this.offset + length, null, meaning);
    this.record.data += length;
    this.#advance(length);
  }

  /** Takes bytes of a body that something can be found in. */
  takeBody(length: number, body: BodyReader): void {
    this.record.data += body.read(this.queue.take(length), this.offset);
    this.#advance(length);
  }

  /** Takes the line's bytes; its end becomes a field of its own. */
  endLine(line: Line, note: string, params?: Field['params']): void {
    const bareCr = line.text.indexOf('\r');
    if (bareCr >= 0) this.note('bareCr', this.at + bareCr);
    this.noteBareLf(line);
    const end = this.at + line.length;
    this.fields?.add({
      start: end - line.ending.length,
      end,
      role: 'edge',
      name: line.ending === '\n' ? '\\n' : '\\r\\n',
      note: `inspect:field.${note}`,
      ...(params && { params }),
    });
    this.skip(line.length);
  }

  /** RFC 9112 §2.2: a recipient may take a single LF for a line end; a sender must not send it. */
  noteBareLf(line: Line): void {
    if (line.ending === '\n') this.note('bareLf', this.at + line.text.length);
  }

  /** Shows the bytes that wait for more, until `dropTail`; as data when their meaning is known. */
  showTail(data?: FieldMeaning): void {
    const pending = this.queue.peek();
    if (pending.length === 0) return;
    this.ensureOpen();
    const { record, at } = this;
    const role = data ? 'data' : 'meta';
    this.fields?.add({
      start: at,
      end: at + pending.length,
      role,
      name: nameOf(pending),
      ...(data ?? PARTIAL),
    });
    this.#tail = pending.length;
    this.#tailIsData = data !== undefined;
    if (this.#tailIsData) record.data += this.#tail;
    record.end += this.#tail;
    this.log.touch();
  }

  dropTail(): void {
    if (this.#tail === 0) return;
    const { record } = this;
    record.end -= this.#tail;
    if (this.#tailIsData) record.data -= this.#tail;
    this.#tail = 0;
    this.fields?.pop();
    this.log.touch();
  }

  /** Lets the tail stay for good: what would have followed is not known. */
  keepTail(): void {
    this.offset += this.queue.length;
    this.queue.drop(this.queue.length);
    this.#tail = 0;
  }

  #advance(length: number): void {
    this.offset += length;
    this.log.last.end = this.offset;
    this.log.touch();
  }
}
