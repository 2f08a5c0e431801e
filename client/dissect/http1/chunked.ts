import type { BodyReader } from '../bodies/body-reader.ts';
import { MAX_LINE_BYTES } from '../limits.ts';
import type { ChunkRecord } from '../records.ts';
import type { RecordWriter } from '../stream/record-writer.ts';
import { latin1 } from '../text.ts';
import { addChunkSizeFields, parseChunkSize, withoutEnd } from './chunk-size.ts';
import { parseHeaderLine } from './header-line.ts';

const CR = 0x0d;
const LF = 0x0a;
const CHUNK_DATA = { note: 'inspect:field.chunkData' };

/** `wait`: for more bytes. `ended`: after the last chunk. Else why the rest cannot be divided. */
export type ChunkStep = 'read' | 'wait' | 'ended' | 'chunkSize' | 'chunkEnd' | 'lineTooLong';

/** RFC 9112 §7.1: the body of one message in chunks, each a record. */
export class ChunkedReader {
  readonly #out: RecordWriter;
  readonly #kind: 'request' | 'response';
  /** Index of the message's record. */
  readonly #message: number;
  readonly #body: BodyReader | null;
  #state: 'size' | 'data' | 'end' | 'trailer' = 'size';
  /** Bytes of the chunk's data that are still to come. */
  #remaining = 0;
  #contextFrom = 0;

  constructor(out: RecordWriter, kind: 'request' | 'response', message: number, body: BodyReader | null) {
    this.#out = out;
    this.#kind = kind;
    this.#message = message;
    this.#body = body;
  }

  step(): ChunkStep {
    switch (this.#state) {
      case 'size':
        return this.#readSize();
      case 'data':
        return this.#readData();
      case 'end':
        return this.#readEnd();
      case 'trailer':
        return this.#readTrailerLine();
    }
  }

  /** Takes as many unrecorded bytes as belong to the chunk's data; returns how many do not. */
  gap(length: number): number {
    const known = this.#state === 'data' ? Math.min(length, this.#remaining) : 0;
    if (known === 0) return length;
    this.#body?.endRecord();
    this.#body?.gap(this.#out.offset, known);
    this.#out.skipData(known, CHUNK_DATA);
    this.#count(known);
    return length - known;
  }

  /** Is the body between two chunks? */
  get isBetween(): boolean {
    return this.#state === 'size';
  }

  #readSize(): ChunkStep {
    const { queue, fields } = this.#out;
    const lineLength = queue.lineLength();
    if (lineLength > MAX_LINE_BYTES || (lineLength === 0 && queue.length > MAX_LINE_BYTES))
      return 'lineTooLong';
    if (lineLength === 0) return 'wait';
    const length = withoutEnd(queue.peek(lineLength));
    const parsed = parseChunkSize(queue, length);
    if (parsed === null) return 'chunkSize';
    this.#open(parsed.size, parsed.extension.slice(1));
    if (lineLength - length === 1) this.#out.note('bareLf', length);
    if (fields) addChunkSizeFields(fields, latin1(queue.peek(lineLength)), 0, parsed);
    this.#out.skip(lineLength);
    this.#remaining = parsed.size;
    this.#state = parsed.size > 0 ? 'data' : 'trailer';
    return 'read';
  }

  #open(size: number, extensions: string): void {
    const { start } = this.#out;
    if (!this.#body || this.#body.isFresh) this.#contextFrom = start;
    const record: ChunkRecord = {
      protocol: 'http1',
      kind: 'chunk',
      start,
      end: start,
      complete: false,
      data: 0,
      malformed: [],
      message: this.#message,
      size,
      extensions,
      last: size === 0,
      contextFrom: this.#contextFrom,
    };
    this.#out.open(record);
  }

  #readData(): ChunkStep {
    const length = Math.min(this.#remaining, this.#out.queue.length);
    if (length === 0) return 'wait';
    if (this.#body) this.#out.takeBody(length, this.#body);
    else this.#out.takeData(length, CHUNK_DATA);
    this.#count(length);
    return 'read';
  }

  #count(length: number): void {
    this.#remaining -= length;
    if (this.#remaining > 0) return;
    this.#body?.endRecord();
    this.#state = 'end';
  }

  #readEnd(): ChunkStep {
    const bytes = this.#out.queue.peek(2);
    if (bytes.length === 0 || (bytes.length === 1 && bytes[0] === CR)) return 'wait';
    const isCrLf = bytes[0] === CR && bytes[1] === LF;
    if (!isCrLf && bytes[0] !== LF) return 'chunkEnd';
    const ending = isCrLf ? '\r\n' : '\n';
    this.#out.endLine({ text: '', ending, length: ending.length }, 'chunkEnd');
    this.#out.close();
    this.#state = 'size';
    return 'read';
  }

  /** RFC 9112 §7.1.2: header fields that come after the body. */
  #readTrailerLine(): ChunkStep {
    const line = this.#out.peekLine(MAX_LINE_BYTES);
    if (!line) return this.#out.queue.length > MAX_LINE_BYTES ? 'lineTooLong' : 'wait';
    if (line.text === '') {
      this.#out.endLine(line, 'bodyEnd');
      this.#out.close();
      return 'ended';
    }
    this.#out.noteAll(parseHeaderLine(line.text, this.#out.at, this.#kind, this.#out.fields).malformed);
    this.#out.endLine(line, 'lineEnd');
    return 'read';
  }
}
