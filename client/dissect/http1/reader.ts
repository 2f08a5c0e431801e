/**
 * One direction of an HTTP/1.1 connection (RFC 9112), and what it switches to, as a list of states.
 *
 * Every state reads one thing that is there in full and moves on, or waits for more bytes. What breaks the grammar is noted in its record, and reading goes on.
 */
import type { BodyReader } from '../bodies/body-reader.ts';
import { bodyReaderFor } from '../bodies/choose.ts';
import { MAX_LINE_BYTES } from '../limits.ts';
import type { HttpMessageRecord, OpaqueRecord } from '../records.ts';
import type { FieldCollector, FieldMeaning } from '../stream/field-collector.ts';
import { RecordWriter } from '../stream/record-writer.ts';
import { FrameReader } from '../websocket/frame-reader.ts';
import { judgeGrant, judgeRequest, namesWebSocket } from '../websocket/handshake.ts';
import { bodyNote } from './body-note.ts';
import { ChunkedReader, type ChunkStep } from './chunked.ts';
import type { Asked, Exchange } from './exchange.ts';
import { framingOf, hostFindings, upgradeOf } from './framing.ts';
import { HeadReader, type HeadStep } from './head.ts';
import { isStrictStartLine } from './start-line.ts';

type State =
  | 'head'
  | 'fixed-body'
  | 'until-close'
  | 'chunks'
  /** A switch of protocols was asked for: what the next bytes are depends on the answer. */
  | 'await-switch'
  | 'frames'
  /** Not HTTP, to the end of the connection. */
  | 'opaque'
  /** Bytes are missing where they mattered: looks for a line with which a message begins. */
  | 'lost';

const UNFRAMED: FieldMeaning = { note: 'inspect:field.unframed' };
const LOST: FieldMeaning = { note: 'inspect:field.lost' };
const OPAQUE: FieldMeaning = { note: 'inspect:field.notHttp' };

/** Where a reader begins that reads the fields of one record again. */
export interface Again {
  fields: FieldCollector;
  /** In the direction. */
  offset: number;
  /** The message as it was read when its neighbours were known: its own record, or that of the body's. */
  message: HttpMessageRecord;
  /** `rest`: in what is left of a body that could not be divided. */
  begin: 'head' | 'body' | 'rest';
}

export class Http1Reader {
  readonly #kind: 'request' | 'response';
  readonly #exchange: Exchange;
  readonly #out: RecordWriter;
  readonly #head: HeadReader;
  readonly #again: Again | null;
  #state: State = 'head';
  /** The message whose head or body is being read, and its record's index. */
  #message: HttpMessageRecord | null = null;
  #messageIndex = 0;
  #body: BodyReader | null = null;
  #bodyMeaning: FieldMeaning = UNFRAMED;
  #chunks: ChunkedReader | null = null;
  #frames: FrameReader | null = null;
  /** Bytes of the body that are still to come. */
  #remaining = 0;
  /** The place of the request being read, among the requests of the connection. */
  #request = 0;
  /** What an opaque record is from here on. */
  #opaque: Pick<OpaqueRecord, 'because' | 'switchedTo'> = { because: 'not-http' };
  #ended = false;

  constructor(kind: 'request' | 'response', exchange: Exchange, again: Again | null = null) {
    this.#kind = kind;
    this.#exchange = exchange;
    this.#again = again;
    this.#out = new RecordWriter(again?.fields ?? null, again?.offset);
    this.#head = new HeadReader(this.#out, kind);
    if (again?.begin === 'body') {
      this.#beginBody(again.message, undefined, again.offset === again.message.end);
    } else if (again?.begin === 'rest') this.#state = 'until-close';
  }

  /** What was read so far. */
  get out(): Pick<RecordWriter, 'log' | 'contents'> {
    return this.#out;
  }

  push(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.#out.queue.push(bytes);
    this.advance();
  }

  /** Reads as far as the bytes go. To be called too when the other direction decided something. */
  advance(): void {
    if (this.#ended) return;
    this.#out.dropTail();
    while (this.#step());
    this.#frames?.pause();
    this.#showTail();
  }

  /** Bytes passed that were not recorded. */
  gap(length: number): void {
    if (this.#ended || length === 0) return;
    let rest = length;
    switch (this.#state) {
      case 'fixed-body': {
        const known = Math.min(rest, this.#remaining);
        this.#skipBody(known);
        rest -= known;
        if ((this.#remaining -= known) === 0) this.#endMessage();
        break;
      }
      case 'chunks':
        rest = this.#chunks!.gap(rest);
        break;
      case 'frames':
        rest = this.#frames!.gap(rest);
        break;
      case 'until-close':
        this.#ensureBodyOpen();
        this.#skipBody(rest);
        return;
      case 'opaque':
        this.#ensureOpaqueOpen();
        this.#out.skipData(rest, OPAQUE);
        return;
      default:
    }
    if (rest > 0) this.#lose(rest);
  }

  /** The bytes that were pushed are all there are of the record: what they are is decided. */
  endRecord(): void {
    this.#body?.endRecord();
  }

  /** No more bytes will come. */
  end(): void {
    if (this.#ended) return;
    this.#out.dropTail();
    const waiting = this.#out.queue.length;
    if (this.#state === 'await-switch' && waiting > 0) this.#becomeOpaque('not-http');
    while (this.#step());
    if (this.#state === 'lost') this.#takeLost(this.#out.queue.length);
    this.#frames?.end();
    this.#showTail();
    this.#out.keepTail();
    this.#ended = true;
    this.#body?.end(this.#state === 'until-close' && this.#message?.body.framing === 'until-close');
    if (!this.#out.isOpen) return this.#noteEndBetween();

    const emptyLinesOnly = this.#state === 'head' && !this.#head.message && waiting === 0;
    if (UNBOUNDED.includes(this.#state) || emptyLinesOnly) return this.#out.close();
    const { record } = this.#out;
    this.#out.note(this.#state === 'frames' ? 'wsTruncated' : 'truncated', record.end - record.start);
    if (record.kind === 'bytes') this.#out.close();
    else this.#out.leave();
  }

  /** Reads one thing; false when there are not enough bytes for it. */
  #step(): boolean {
    if (this.#out.queue.length === 0) return false;
    switch (this.#state) {
      case 'head':
        if (this.#exchange.switched && !this.#head.message) return this.#switch();
        return this.#readHead(this.#head.step());
      case 'fixed-body':
        return this.#readCounted();
      case 'until-close':
        return this.#readUntilClose();
      case 'chunks':
        return this.#readChunks(this.#chunks!.step());
      case 'await-switch':
        return this.#readAnswerToSwitch();
      case 'frames':
        return this.#frames!.step();
      case 'opaque':
        this.#ensureOpaqueOpen();
        this.#out.takeData(this.#out.queue.length, OPAQUE);
        return true;
      case 'lost':
        return this.#readLost();
    }
  }

  #readHead(step: HeadStep): boolean {
    const { message } = this.#head;
    switch (step) {
      case 'read':
      case 'wait':
        return step === 'read';
      case 'begun':
        this.#message = message;
        this.#messageIndex = this.#out.log.length - 1;
        if ('method' in message!.startLine) {
          const { method } = message!.startLine;
          this.#request = this.#exchange.requested({ method, message: message! });
        }
        return true;
      case 'ended':
        this.#endHead(message!);
        return true;
      case 'other':
        return this.#becomeOpaque('not-http');
      case 'lineTooLong':
        message!.body = { framing: 'until-close' };
        this.#head.giveUp();
        this.#loseFraming(step);
        return true;
    }
  }

  #endHead(message: HttpMessageRecord): void {
    const asked = this.#kind === 'response' ? this.#exchange.toAnswer : undefined;
    const { body, findings } = framingOf(message, asked?.method);
    message.body = this.#again ? this.#again.message.body : body;
    this.#head.note([...hostFindings(message), ...findings]);
    if (message.kind === 'request' && namesWebSocket(message)) this.#head.note(judgeRequest(message));
    this.#noteAnswer(message, asked);
    const { framing } = message.body;
    const count = message.body.framing === 'content-length' ? message.body.length : null;
    const empty = framing === 'none' || count === 0;
    this.#head.end(empty ? 'headEndNoBody' : HEAD_END[framing], count ? { count } : undefined);

    if (empty) return this.#endMessage();
    if (framing !== 'content-length') this.#out.close();
    this.#beginBody(message, asked?.message, true);
  }

  #beginBody(message: HttpMessageRecord, request: HttpMessageRecord | undefined, isStart: boolean): void {
    const { body } = message;
    this.#message = message;
    this.#body = bodyReaderFor({ message, request, isStart }, this.#out);
    this.#bodyMeaning = bodyNote(message);
    if (body.framing === 'chunked') {
      this.#chunks = new ChunkedReader(this.#out, this.#kind, this.#messageIndex, this.#body);
      this.#state = 'chunks';
    } else if (body.framing === 'content-length') {
      this.#remaining = body.length;
      this.#state = 'fixed-body';
    } else {
      this.#state = 'until-close';
    }
  }

  /** Tells the other direction what this response decides. */
  #noteAnswer(message: HttpMessageRecord, asked: Asked | undefined): void {
    if (!('status' in message.startLine)) return;
    const { status } = message.startLine;
    if (status === 101 && namesWebSocket(message)) {
      const { deflate, expectedAccept, findings } = judgeGrant(message, asked?.message);
      message.expectedAccept = expectedAccept;
      this.#head.note(findings);
      this.#exchange.switchTo({ to: 'websocket', deflate });
    } else if (status === 101) {
      this.#exchange.switchTo({ to: 'other', protocol: upgradeOf(message) ?? '?' });
    }
    // RFC 9110 §15.5.22.
    if (status === 426 && upgradeOf(message) === undefined) this.#head.note([{ reason: 'noUpgrade' }]);
    // RFC 9110 §9.3.6.
    if (asked?.method === 'CONNECT' && status >= 200 && status < 300)
      this.#exchange.switchTo({ to: 'tunnel' });
    this.#exchange.answered(status);
  }

  #readCounted(): true {
    const length = Math.min(this.#remaining, this.#out.queue.length);
    this.#takeBody(length);
    if ((this.#remaining -= length) === 0) this.#endMessage();
    return true;
  }

  #readUntilClose(): true {
    this.#ensureBodyOpen();
    this.#takeBody(this.#out.queue.length);
    return true;
  }

  #readChunks(step: ChunkStep): boolean {
    if (step === 'read' || step === 'wait') return step === 'read';
    if (step === 'ended') this.#endMessage();
    else this.#loseFraming(step);
    return true;
  }

  #readAnswerToSwitch(): boolean {
    if (this.#exchange.switched) return this.#switch();
    if (this.#exchange.hasAnswered(this.#request)) return this.#moveTo('head');
    if (!this.#exchange.inStep) return this.#moveTo('lost');
    return this.#out.queue.length > MAX_LINE_BYTES && this.#becomeOpaque('not-http');
  }

  #switch(): true {
    const switched = this.#exchange.switched!;
    if (switched.to === 'tunnel') return this.#becomeOpaque('tunnel');
    if (switched.to === 'other') return this.#becomeOpaque('switched', switched.protocol);
    // Empty lines that were taken for the beginning of a message are no part of the first frame.
    if (this.#out.isOpen && this.#out.start < this.#out.offset) {
      this.#openOpaque({ because: 'not-http' });
      this.#out.close();
    }
    const direction = this.#kind === 'request' ? 'up' : 'down';
    this.#frames = new FrameReader(this.#out, direction, this.#exchange, switched.deflate);
    return this.#moveTo('frames');
  }

  #readLost(): boolean {
    if (this.#exchange.switched) {
      // Where a frame begins in the middle of bytes cannot be told: RFC 6455 §5.2 has no marks.
      if (this.#exchange.switched.to === 'websocket') return this.#becomeOpaque('lost');
      this.#endLost();
      return this.#switch();
    }
    const line = this.#out.peekLine(MAX_LINE_BYTES);
    if (line === null) {
      if (this.#out.queue.length <= MAX_LINE_BYTES) return false;
      this.#takeLost(MAX_LINE_BYTES);
      return true;
    }
    if (line.ending === '\r\n' && isStrictStartLine(this.#kind, line.text)) {
      this.#endLost();
      return this.#moveTo('head');
    }
    this.#takeLost(line.length);
    return true;
  }

  /** What comes next is something again. A record that only showed what was waiting becomes its beginning. */
  #endLost(): void {
    if (!this.#out.isOpen) return;
    const { record, offset } = this.#out;
    if (record.start < offset) this.#out.close();
    else if (record.kind === 'bytes') record.because = 'undecided';
  }

  #takeLost(length: number): void {
    if (length === 0) return;
    this.#ensureLostOpen();
    this.#out.takeData(length, LOST);
  }

  #takeBody(length: number): void {
    if (this.#body) this.#out.takeBody(length, this.#body);
    else this.#out.takeData(length, this.#bodyMeaning);
  }

  #skipBody(length: number): void {
    this.#body?.endRecord();
    this.#body?.gap(this.#out.offset, length);
    this.#out.skipData(length, this.#bodyMeaning);
  }

  #endMessage(): void {
    const message = this.#message!;
    this.#body?.endRecord();
    this.#body?.end(true);
    this.#body = null;
    const asksForSwitch =
      'method' in message.startLine &&
      (message.startLine.method === 'CONNECT' || upgradeOf(message) !== undefined);
    if (this.#out.isOpen) this.#out.close();
    this.#state = asksForSwitch ? 'await-switch' : 'head';
  }

  /** Returns true, for `#step`: the bytes are read again in the new state. */
  #moveTo(state: State): true {
    this.#state = state;
    return true;
  }

  #becomeOpaque(because: OpaqueRecord['because'], switchedTo?: string): true {
    this.#opaque = { because, ...(switchedTo !== undefined && { switchedTo }) };
    this.#ensureOpaqueOpen();
    return this.#moveTo('opaque');
  }

  #ensureOpaqueOpen(): void {
    this.#openOpaque(this.#opaque);
  }

  #ensureLostOpen(): void {
    this.#openOpaque({ because: 'lost' });
  }

  /** Opens a record of no protocol; what was undecided before it is its beginning. */
  #openOpaque(why: Pick<OpaqueRecord, 'because' | 'switchedTo'>): void {
    if (this.#out.isOpen && (this.#out.record as OpaqueRecord).because !== 'undecided') return;
    const { start, offset } = this.#out;
    const rest = { start, end: offset, complete: false, data: offset - start, malformed: [] };
    this.#out.open({ protocol: 'opaque', kind: 'bytes', ...why, ...rest });
  }

  #ensureBodyOpen(): void {
    if (this.#out.isOpen && this.#out.record.kind === 'body') return;
    const { start, offset } = this.#out;
    const rest = { start, end: offset, complete: false, data: offset - start, malformed: [] };
    this.#out.open({ protocol: 'http1', kind: 'body', message: this.#messageIndex, ...rest });
  }

  /** The body can no longer be divided: everything to the end of the connection belongs to it. */
  #loseFraming(reason: string): void {
    this.#body?.end(false);
    this.#body = null;
    this.#bodyMeaning = UNFRAMED;
    if (this.#out.isOpen && this.#out.record.kind !== 'bytes') {
      this.#out.note(reason);
      this.#out.leave();
      this.#ensureBodyOpen();
    } else {
      this.#ensureBodyOpen();
      this.#out.note(reason);
    }
    this.#state = 'until-close';
  }

  /** Bytes are missing, and with them the knowledge of where the next message begins. */
  #lose(length: number): void {
    this.#out.dropTail();
    this.#exchange.loseStep();
    this.#body?.end(false);
    this.#body = null;
    if (this.#out.isOpen && this.#out.record.kind !== 'bytes') {
      this.#showTail();
      this.#out.keepTail();
      this.#head.giveUp();
      this.#out.note('notRecorded');
      this.#out.leave();
    }
    this.#state = 'lost';
    this.#takeLost(this.#out.queue.length);
    this.#ensureLostOpen();
    this.#out.skipData(length, LOST);
  }

  /** The connection ended where no record was being read: was more of a body to come? */
  #noteEndBetween(): void {
    if (this.#state !== 'chunks') return;
    const { log } = this.#out;
    log.noteSealed({ offset: log.last.end - log.last.start, reason: 'noLastChunk' });
  }

  /** Shows the bytes that wait for the rest of their line. */
  #showTail(): void {
    if (this.#state === 'await-switch') return;
    if (this.#state === 'lost') {
      if (this.#out.queue.length > 0) this.#ensureLostOpen();
      return this.#out.showTail(LOST);
    }
    this.#out.showTail();
    if (this.#state === 'head') this.#head.growTail();
  }
}

const HEAD_END = {
  none: 'headEndNoBody',
  'content-length': 'headEndLength',
  chunked: 'headEndChunked',
  'until-close': 'headEndClose',
} as const;

/** States that only the end of the connection ends. */
const UNBOUNDED: readonly State[] = ['until-close', 'opaque', 'lost'];
