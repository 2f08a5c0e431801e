/**
 * One direction of an HTTP/1.1 connection (RFC 9112) as a list of states, one method each.
 *
 * Every method reads one thing that is there in full and moves on; `#step` is the only place that
 * waits for more bytes. What breaks the grammar is noted in its record, and reading goes on.
 */
import { bodyNote } from './body-note.ts';
import { parseChunkSize } from './chunk-size.ts';
import type { FieldMeaning } from './data-run.ts';
import type { Exchange } from './exchange.ts';
import { framingOf, hostReasons, upgradeOf } from './framing.ts';
import { parseHeaderLine } from './header-line.ts';
import { MAX_LINE_BYTES } from './limits.ts';
import type { RecordLog } from './record-log.ts';
import { RecordWriter, type Line } from './record-writer.ts';
import type { HttpMessageRecord } from './records.ts';
import { canBegin, isStrictStartLine, parseRequestLine, parseStatusLine } from './start-line.ts';
import { latin1, nameOf, trimSpace } from './text.ts';

type State =
  | 'start-line'
  | 'header-line'
  | 'fixed-body'
  | 'until-close'
  | 'chunk-size'
  | 'chunk-data'
  | 'chunk-end'
  | 'trailer-line'
  /** A switch of protocols was asked for: what the next bytes are depends on the answer. */
  | 'await-switch'
  /** Not HTTP, to the end of the connection. */
  | 'opaque'
  /** Bytes are missing where they mattered: looks for a line with which a message begins. */
  | 'lost';

const NOT_HTTP: FieldMeaning = { note: 'inspect:field.notHttp' };
const LOST: FieldMeaning = { note: 'inspect:field.lost' };
const CHUNK_DATA: FieldMeaning = { note: 'inspect:field.chunkData' };
const TUNNEL: FieldMeaning = { note: 'inspect:field.tunnel' };
const UNFRAMED: FieldMeaning = { note: 'inspect:field.unframed' };

export class Http1Reader {
  readonly #kind: 'request' | 'response';
  readonly #exchange: Exchange;
  readonly #out = new RecordWriter();
  #state: State = 'start-line';
  /** Bytes of the body or the chunk that are still to come. */
  #remaining = 0;
  /** The place of the request being read, among the requests of the connection. */
  #request = 0;
  #ended = false;

  constructor(kind: 'request' | 'response', exchange: Exchange) {
    this.#kind = kind;
    this.#exchange = exchange;
  }

  /** What was read so far. */
  get log(): RecordLog {
    return this.#out.log;
  }

  push(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.#out.queue.push(bytes);
    this.advance();
  }

  /** Reads as far as the bytes go. To be called too when the other direction decided something. */
  advance(): void {
    if (this.#ended) return;
    this.log.dropTail();
    while (this.#step());
    this.#showTail();
  }

  /** Bytes passed that were not recorded. */
  gap(length: number): void {
    if (this.#ended || length === 0) return;
    let rest = length;
    if (this.#state === 'fixed-body' || this.#state === 'chunk-data') {
      const known = Math.min(rest, this.#remaining);
      rest -= known;
      this.#remaining -= known;
      this.#out.skipData(known);
      if (this.#remaining === 0) this.#endCounted();
    } else if (this.#state === 'until-close' || this.#state === 'opaque') {
      this.#out.ensureOpen();
      this.#out.skipData(rest);
      return;
    }
    if (rest > 0) this.#lose(rest);
  }

  /** No more bytes will come. */
  end(): void {
    if (this.#ended) return;
    this.log.dropTail();
    const waiting = this.#out.queue.length;
    if (this.#state === 'await-switch' && waiting > 0) this.#becomeOpaque(NOT_HTTP);
    while (this.#step());
    if (this.#state === 'lost') this.#takeLost(this.#out.queue.length);
    this.#showTail();
    this.log.keepTail();
    this.#ended = true;
    if (!this.#out.isOpen) return;

    const betweenMessages = this.#state === 'start-line' && waiting === 0;
    if (UNBOUNDED.includes(this.#state) || betweenMessages) return this.#out.close();
    this.#out.note('truncated', this.#out.lengthOfRecord);
    if (this.#out.record.protocol === 'opaque') this.#out.close();
  }

  /** Reads one thing; false when there are not enough bytes for it. */
  #step(): boolean {
    if (this.#out.queue.length === 0) return false;
    switch (this.#state) {
      case 'start-line':
        if (this.#exchange.switchedTo) return this.#becomeOpaque(this.#exchange.switchedTo);
        if (!canBegin(this.#kind, latin1(this.#out.queue.peek(5)))) return this.#becomeOpaque(NOT_HTTP);
        return this.#withLine((line) => this.#readStartLine(line));
      case 'header-line':
        return this.#withLine((line) => this.#readHeaderLine(line));
      case 'fixed-body':
      case 'chunk-data':
        return this.#readCounted();
      case 'until-close':
      case 'opaque':
        return this.#readRest();
      case 'chunk-size':
        return this.#withLine((line) => this.#readChunkSize(line));
      case 'chunk-end':
        return this.#readChunkEnd();
      case 'trailer-line':
        return this.#withLine((line) => this.#readTrailerLine(line));
      case 'await-switch':
        return this.#readAnswerToSwitch();
      case 'lost':
        return this.#readLost();
    }
  }

  /** The guard of every state that reads lines. */
  #withLine(read: (line: Line) => void): boolean {
    const line = this.#out.peekLine(MAX_LINE_BYTES);
    if (line) read(line);
    else if (this.#out.queue.length > MAX_LINE_BYTES) this.#giveUpOnLine();
    else return false;
    return true;
  }

  #readStartLine(line: Line): void {
    if (line.text === '') return this.#readEmptyLineBefore(line);
    const at = this.#out.isOpen ? this.#out.at : 0;
    const parsed =
      this.#kind === 'request' ? parseRequestLine(line.text, at) : parseStatusLine(line.text, at);
    if (parsed === null) {
      this.#becomeOpaque(NOT_HTTP);
      return;
    }
    this.#out.openMessage(this.#kind, parsed.startLine, parsed);
    if ('method' in parsed.startLine) this.#request = this.#exchange.requested(parsed.startLine.method);
    this.#endLine(line);
    this.#state = 'header-line';
  }

  /** RFC 9112 §2.2: a server ignores empty lines before a request; nothing allows them before a response. */
  #readEmptyLineBefore(line: Line): void {
    this.#out.ensureOpen();
    const isFirst = this.#out.record.fields.length === 0;
    if (isFirst && this.#kind === 'response') this.#out.note('emptyLineBefore');
    if (isFirst) return this.#out.endLine(line, 'emptyLineBefore');
    this.#out.noteBareLf(line);
    this.#out.skip(line.length);
    this.log.amend({ end: this.#out.at });
  }

  #readHeaderLine(line: Line): void {
    if (line.text === '') return this.#readHeadEnd(line);
    if (/^[ \t]/.test(line.text)) return this.#readFoldedLine(line);
    const parsed = parseHeaderLine(line.text, this.#out.at, this.#kind);
    if (parsed.header) this.#message.headers.push(parsed.header);
    this.#out.add(parsed.field);
    this.log.malformed(...parsed.malformed);
    this.#endLine(line);
  }

  /** RFC 9112 §5.2: a value used to be allowed to go on in a line that begins with a space. */
  #readFoldedLine(line: Line): void {
    const header = this.#message.headers.at(-1);
    if (header) header.value = trimSpace(`${header.value} ${trimSpace(line.text)}`);
    const start = this.#out.at;
    const name = nameOf(this.#out.queue.peek(line.text.length));
    const note = `inspect:field.${header ? 'folded' : 'noHeader'}`;
    this.#out.add({ start, end: start + line.text.length, role: 'meta', name, note });
    this.#out.note(header ? 'obsFold' : 'spaceBeforeHeader', start);
    this.#endLine(line);
  }

  #readHeadEnd(line: Line): void {
    const message = this.#message;
    const method = this.#kind === 'response' ? this.#exchange.methodToAnswer : undefined;
    const { body, reasons } = framingOf(message, method);
    message.body = body;
    for (const reason of [...hostReasons(message), ...reasons]) this.#out.note(reason);

    const empty = body.framing === 'none' || (body.framing === 'content-length' && body.length === 0);
    const params = body.framing === 'content-length' ? { count: body.length } : undefined;
    this.#out.endLine(line, empty ? 'headEndNoBody' : HEAD_END[body.framing], empty ? undefined : params);
    message.bodyStart = this.#out.at;
    this.#out.setMeaning(body.framing === 'chunked' ? CHUNK_DATA : bodyNote(message));
    this.#noteAnswer(message, method);

    if (empty) return this.#finish();
    if (body.framing === 'content-length') this.#remaining = body.length;
    this.#state = NEXT_STATE[body.framing];
  }

  /** Tells the other direction what this response decides. */
  #noteAnswer(message: HttpMessageRecord, method: string | undefined): void {
    if (!('status' in message.startLine)) return;
    const { status } = message.startLine;
    if (status === 101) {
      const protocol = upgradeOf(message) ?? '?';
      this.#exchange.switchTo({ note: 'inspect:field.otherProtocol', params: { protocol } });
    }
    // RFC 9110 §9.3.6.
    if (method === 'CONNECT' && status >= 200 && status < 300) this.#exchange.switchTo(TUNNEL);
    this.#exchange.answered(status);
  }

  #readCounted(): true {
    const length = Math.min(this.#remaining, this.#out.queue.length);
    this.#remaining -= length;
    this.#out.takeData(length);
    if (this.#remaining === 0) this.#endCounted();
    return true;
  }

  #endCounted(): void {
    if (this.#state === 'chunk-data') this.#state = 'chunk-end';
    else this.#finish();
  }

  #readRest(): true {
    this.#out.ensureOpen();
    this.#out.takeData(this.#out.queue.length);
    return true;
  }

  #readChunkSize(line: Line): void {
    const parsed = parseChunkSize(line.text, this.#out.at, line.ending);
    if (parsed === null) return this.#loseFraming('chunkSize');
    this.#out.noteBareLf(line);
    this.#out.add(...parsed.fields);
    this.#out.skip(line.length);
    this.#remaining = parsed.size;
    this.#state = parsed.size > 0 ? 'chunk-data' : 'trailer-line';
  }

  #readChunkEnd(): boolean {
    const text = latin1(this.#out.queue.peek(2));
    if (text === '\r') return false;
    const ending = text === '\r\n' ? '\r\n' : '\n';
    if (!text.startsWith(ending)) {
      this.#loseFraming('chunkEnd');
      return true;
    }
    this.#out.endLine({ text: '', ending, length: ending.length }, 'chunkEnd');
    return this.#moveTo('chunk-size');
  }

  /** RFC 9112 §7.1.2: header fields that come after the body. */
  #readTrailerLine(line: Line): void {
    if (line.text === '') {
      this.#out.endLine(line, 'bodyEnd');
      return this.#finish();
    }
    const parsed = parseHeaderLine(line.text, this.#out.at, this.#kind);
    this.#out.add(parsed.field);
    this.log.malformed(...parsed.malformed);
    this.#endLine(line);
  }

  #readAnswerToSwitch(): boolean {
    if (this.#exchange.switchedTo) return this.#becomeOpaque(this.#exchange.switchedTo);
    if (this.#exchange.hasAnswered(this.#request)) return this.#moveTo('start-line');
    if (!this.#exchange.inStep) return this.#becomeLost();
    return this.#out.queue.length > MAX_LINE_BYTES && this.#becomeOpaque(NOT_HTTP);
  }

  #readLost(): boolean {
    if (this.#exchange.switchedTo) return this.#becomeOpaque(this.#exchange.switchedTo);
    const line = this.#out.peekLine(MAX_LINE_BYTES);
    if (line === null) {
      if (this.#out.queue.length <= MAX_LINE_BYTES) return false;
      this.#takeLost(MAX_LINE_BYTES);
      return true;
    }
    if (line.ending === '\r\n' && isStrictStartLine(this.#kind, line.text)) {
      if (this.#out.isOpen) this.#out.close();
      return this.#moveTo('start-line');
    }
    this.#takeLost(line.length);
    return true;
  }

  #takeLost(length: number): void {
    if (length === 0) return;
    this.#out.ensureOpen();
    this.#out.takeData(length);
  }

  #finish(): void {
    const { startLine } = this.#message;
    const asksForSwitch =
      'method' in startLine && (startLine.method === 'CONNECT' || upgradeOf(this.#message) !== undefined);
    this.#out.close();
    this.#state = asksForSwitch ? 'await-switch' : 'start-line';
  }

  /** Returns true, for `#step`: the bytes are read again in the new state. */
  #moveTo(state: State): true {
    this.#state = state;
    return true;
  }

  #becomeOpaque(meaning: FieldMeaning): true {
    this.#out.setMeaning(meaning);
    return this.#moveTo('opaque');
  }

  #becomeLost(): true {
    this.#out.setMeaning(LOST);
    return this.#moveTo('lost');
  }

  /** The body can no longer be divided: everything to the end of the connection belongs to it. */
  #loseFraming(reason: string): void {
    this.#out.note(reason);
    this.#out.setMeaning(UNFRAMED);
    this.#state = 'until-close';
  }

  #giveUpOnLine(): void {
    if (this.#state === 'start-line') {
      this.#becomeOpaque(NOT_HTTP);
      return;
    }
    if (this.#state === 'header-line') this.#message.bodyStart = this.#out.at;
    this.#loseFraming('lineTooLong');
  }

  /** Bytes are missing, and with them the knowledge of where the next message begins. */
  #lose(length: number): void {
    this.log.dropTail();
    this.#exchange.loseStep();
    if (this.#out.isOpen && this.#out.record.protocol === 'http1') {
      this.#showTail();
      this.log.keepTail();
      this.#out.skip(this.#out.queue.length);
      this.#out.note('notRecorded');
      this.#out.leave();
    }
    // Lost twice in a row is one stretch.
    if (this.#state !== 'lost') this.#becomeLost();
    this.#takeLost(this.#out.queue.length);
    this.#out.ensureOpen();
    this.#out.skipData(length);
  }

  #endLine(line: Line): void {
    this.#out.endLine(line, 'lineEnd');
  }

  /** Shows the bytes that wait for the rest of their line. */
  #showTail(): void {
    if (this.#state === 'await-switch') return;
    this.#out.showTail(this.#state === 'lost' ? LOST : undefined);
    if (this.#state === 'header-line') this.#message.bodyStart = this.#out.lengthOfRecord;
  }

  get #message(): HttpMessageRecord {
    return this.#out.record as HttpMessageRecord;
  }
}

const HEAD_END = {
  none: 'headEndNoBody',
  'content-length': 'headEndLength',
  chunked: 'headEndChunked',
  'until-close': 'headEndClose',
} as const;

const NEXT_STATE = {
  none: 'start-line',
  'content-length': 'fixed-body',
  chunked: 'chunk-size',
  'until-close': 'until-close',
} as const satisfies Record<string, State>;

/** States that only the end of the connection ends. */
const UNBOUNDED: readonly State[] = ['until-close', 'opaque', 'lost'];
