import { MAX_LINE_BYTES } from '../limits.ts';
import type { HttpMessageRecord } from '../records.ts';
import type { FieldMeaning } from '../stream/field-collector.ts';
import type { Line, RecordWriter } from '../stream/record-writer.ts';
import { isSpace, latin1, nameOf, trimSpace } from '../text.ts';
import type { Finding } from './findings.ts';
import { parseHeaderLine } from './header-line.ts';
import { canBegin, parseRequestLine, parseStatusLine } from './start-line.ts';

const EMPTY_LINES: FieldMeaning = { note: 'inspect:field.emptyLineBefore' };

/** `begun`: the start line was read. `ended`: the empty line is next. `other`: no message begins so. */
export type HeadStep = 'read' | 'wait' | 'begun' | 'ended' | 'other' | 'lineTooLong';

/** RFC 9112 §2.1: the heads of one direction's messages, line by line, up to the empty line. */
export class HeadReader {
  readonly #out: RecordWriter;
  readonly #kind: 'request' | 'response';
  #message: HttpMessageRecord | null = null;
  /** Where the last line of each header field begins in the record, by its name in lower case. */
  readonly #lines = new Map<string, number>();

  constructor(out: RecordWriter, kind: 'request' | 'response') {
    this.#out = out;
    this.#kind = kind;
  }

  /** The message whose head is being read; null before its start line. */
  get message(): HttpMessageRecord | null {
    return this.#message;
  }

  /** Reads a line; there is a byte at least. */
  step(): HeadStep {
    const { queue } = this.#out;
    if (!this.#message && !canBegin(this.#kind, latin1(queue.peek(5)))) return 'other';
    const line = this.#out.peekLine(MAX_LINE_BYTES);
    if (!line) return queue.length <= MAX_LINE_BYTES ? 'wait' : this.#message ? 'lineTooLong' : 'other';
    if (this.#message) return line.text === '' ? 'ended' : this.#readHeaderLine(line, this.#message);
    return line.text === '' ? this.#readEmptyLineBefore(line) : this.#readStartLine(line);
  }

  /** Notes what is wrong with the head: at the line it is about, else here, where the head ends. */
  note(findings: readonly Finding[]): void {
    for (const { reason, header } of findings) {
      this.#out.note(reason, header === undefined ? undefined : this.#lines.get(header));
    }
  }

  /** Takes the empty line; what is next is not the head any more. */
  end(meaning: string, params?: { count: number }): void {
    const line = this.#out.peekLine(MAX_LINE_BYTES);
    if (line) this.#out.endLine(line, meaning, params);
    if (this.#message) this.#message.bodyStart = this.#out.at;
    this.#message = null;
  }

  /** The head is left as it is. */
  giveUp(): void {
    if (this.#message) this.#message.bodyStart = this.#out.at;
    this.#message = null;
  }

  /** All bytes that were read belong to the head. */
  growTail(): void {
    if (this.#message) this.#message.bodyStart = this.#message.end - this.#message.start;
  }

  #readStartLine(line: Line): HeadStep {
    const { start, offset, fields } = this.#out;
    const parse = this.#kind === 'request' ? parseRequestLine : parseStatusLine;
    const parsed = parse(line.text, offset - start, null);
    if (parsed === null) return 'other';
    this.#message = {
      protocol: 'http1',
      kind: this.#kind,
      start,
      end: offset,
      complete: false,
      data: 0,
      malformed: [],
      startLine: parsed.startLine,
      headers: [],
      body: { framing: 'none' },
      bodyStart: 0,
    };
    this.#lines.clear();
    this.#out.open(this.#message);
    this.#out.noteAll(parsed.malformed);
    if (fields) parse(line.text, offset - start, fields);
    this.#out.endLine(line, 'lineEnd');
    return 'begun';
  }

  /** RFC 9112 §2.2: a server ignores empty lines before a request; nothing allows them before a response. */
  #readEmptyLineBefore(line: Line): HeadStep {
    const isFirst = this.#out.offset === this.#out.start;
    this.#out.ensureOpen();
    if (isFirst && this.#kind === 'response') this.#out.note('emptyLineBefore');
    this.#out.noteBareLf(line);
    const { offset, queue } = this.#out;
    this.#out.fields?.addRun('edge', offset, offset + line.length, queue.peek(line.length), EMPTY_LINES);
    this.#out.skip(line.length);
    return 'read';
  }

  #readHeaderLine(line: Line, message: HttpMessageRecord): HeadStep {
    if (isSpace(line.text, 0)) return this.#readFoldedLine(line, message);
    const parsed = parseHeaderLine(line.text, this.#out.at, this.#kind, this.#out.fields);
    if (parsed.header) {
      message.headers.push(parsed.header);
      this.#lines.set(parsed.header.name.toLowerCase(), this.#out.at);
    }
    this.#out.noteAll(parsed.malformed);
    this.#out.endLine(line, 'lineEnd');
    return 'read';
  }

  /** RFC 9112 §5.2: a value used to be allowed to go on in a line that begins with a space. */
  #readFoldedLine(line: Line, { headers }: HttpMessageRecord): HeadStep {
    const header = headers.pop();
    // A new object: the one before may have been handed out.
    if (header) headers.push({ ...header, value: trimSpace(`${header.value} ${trimSpace(line.text)}`) });
    const start = this.#out.at;
    this.#out.fields?.add({
      start,
      end: start + line.text.length,
      role: 'meta',
      name: nameOf(this.#out.queue.peek(line.text.length)),
      note: `inspect:field.${header ? 'folded' : 'noHeader'}`,
    });
    this.#out.note(header ? 'obsFold' : 'spaceBeforeHeader', start);
    this.#out.endLine(line, 'lineEnd');
    return 'read';
  }
}
