import { ByteQueue } from './byte-queue.ts';
import { DataRun, type FieldMeaning } from './data-run.ts';
import { RecordLog } from './record-log.ts';
import type { Field, HttpMessageRecord, OpaqueRecord, WireRecord } from './records.ts';
import { latin1, nameOf } from './text.ts';

/** A line that is there in full. */
export interface Line {
  text: string;
  ending: '\r\n' | '\n';
  /** With its ending. */
  length: number;
}

/**
 * The bytes of one direction on their way into records: each byte is taken from the queue once and
 * becomes part of exactly one field, so that fields have neither holes nor overlaps.
 */
export class RecordWriter {
  readonly log = new RecordLog();
  readonly queue = new ByteQueue();
  /** Offset in the direction of the first byte that is in no field yet. */
  offset = 0;
  /** Is the last record still being read? */
  isOpen = false;
  /** What data bytes mean at present. */
  #meaning: FieldMeaning = { note: '' };
  /** The data field that is growing; null when the last field is something else. */
  #run: DataRun | null = null;

  get record(): WireRecord {
    return this.log.last;
  }

  /** Where the next field begins in the record. */
  get at(): number {
    return this.offset - this.log.last.start;
  }

  get lengthOfRecord(): number {
    return this.log.last.end - this.log.last.start;
  }

  /** The first line; null while its end is not there within `longest` bytes. */
  peekLine(longest: number): Line | null {
    const length = this.queue.lineLength();
    if (length === 0 || length > longest) return null;
    const text = latin1(this.queue.peek(length));
    const ending = text.endsWith('\r\n') ? '\r\n' : '\n';
    return { text: text.slice(0, -ending.length), ending, length };
  }

  /** Data from here on means this, and begins a new field. */
  setMeaning(meaning: FieldMeaning): void {
    this.#meaning = meaning;
    this.#run = null;
  }

  /** Begins a record for bytes that are no message, or not yet. */
  ensureOpen(): void {
    if (this.isOpen) return;
    const { offset } = this;
    const rest = { start: offset, end: offset, complete: false, data: 0, fields: [], malformed: [] };
    this.log.open({ protocol: 'opaque', kind: 'bytes', ...rest } satisfies OpaqueRecord);
    this.isOpen = true;
    this.#run = null;
  }

  /** Begins a message; what was open so far (empty lines before it) becomes its beginning. */
  openMessage(
    kind: HttpMessageRecord['kind'],
    startLine: HttpMessageRecord['startLine'],
    noted: Pick<WireRecord, 'fields' | 'malformed'>,
  ): void {
    const before = this.isOpen ? this.record : null;
    const record: HttpMessageRecord = {
      protocol: 'http1',
      kind,
      start: before?.start ?? this.offset,
      end: this.offset,
      complete: false,
      startLine,
      headers: [],
      body: { framing: 'none' },
      bodyStart: 0,
      data: before?.data ?? 0,
      fields: before?.fields ?? [],
      malformed: before?.malformed ?? [],
    };
    if (before) this.log.replace(record);
    else this.log.open(record);
    this.isOpen = true;
    this.add(...noted.fields);
    this.log.malformed(...noted.malformed);
  }

  close(): void {
    this.log.complete();
    this.leave();
  }

  /** Ends the record without calling it complete. */
  leave(): void {
    this.isOpen = false;
    this.#run = null;
  }

  add(...fields: Field[]): void {
    this.#run = null;
    for (const field of fields) this.log.add(field);
  }

  note(reason: string, offset = this.at): void {
    this.log.malformed({ offset, reason });
  }

  takeData(length: number): void {
    const bytes = this.queue.take(length);
    this.#addData(bytes, bytes.length);
  }

  /** Data that passed but was not recorded. */
  skipData(length: number): void {
    if (length > 0) this.#addData(null, length);
  }

  /** Takes bytes whose fields were added already. */
  skip(length: number): void {
    this.offset += this.queue.take(length).length;
  }

  /** Takes the line's bytes; its end becomes a field of its own. */
  endLine(line: Line, note: string, params?: Field['params']): void {
    const bareCr = line.text.indexOf('\r');
    if (bareCr >= 0) this.note('bareCr', this.at + bareCr);
    this.noteBareLf(line);
    const end = this.at + line.length;
    const name = line.ending === '\n' ? '\\n' : '\\r\\n';
    this.add({
      start: end - line.ending.length,
      end,
      role: 'edge',
      name,
      note: `inspect:field.${note}`,
      ...(params && { params }),
    });
    this.skip(line.length);
  }

  /** RFC 9112 §2.2: a recipient may take a single LF for a line end; a sender must not send it. */
  noteBareLf(line: Line): void {
    if (line.ending === '\n') this.note('bareLf', this.at + line.text.length);
  }

  /** Shows the bytes that wait for more, until `log.dropTail`; as data when their meaning is known. */
  showTail(data?: FieldMeaning): void {
    const pending = this.queue.peek();
    if (pending.length === 0) return;
    this.ensureOpen();
    const start = this.at;
    const name = nameOf(pending);
    const meaning = data ?? { note: 'inspect:field.partial' };
    this.log.setTail({ start, end: start + pending.length, role: data ? 'data' : 'meta', name, ...meaning });
  }

  #addData(bytes: Uint8Array | null, length: number): void {
    this.offset += length;
    const end = this.at;
    if (this.#run) {
      this.#run.push(bytes);
      this.log.amend({ end, name: this.#run.name });
      return;
    }
    const run = new DataRun();
    run.push(bytes);
    this.add({ start: end - length, end, role: 'data', name: run.name, ...this.#meaning });
    this.#run = run;
  }
}
