import { latin1 } from '../text.ts';
import type { Deflate, Exchange } from '../http1/exchange.ts';
import type { FrameRecord } from '../records.ts';
import type { RecordWriter } from '../stream/record-writer.ts';
import { Deflated } from './deflated.ts';
import { parseFrameHeader, type FrameHeader } from './frame-header.ts';
import { unmask } from './masking.ts';
import { hexText, textOf } from '../content-text.ts';
import { MessageReader, wholeMessage } from './message.ts';
import { BINARY, CLOSE, CONTINUATION, isControl, isReserved, PING, PONG, TEXT } from './opcodes.ts';
import { isAscii, utf8Error } from './utf8.ts';
import { judgeClose, judgeHeader } from './violations.ts';

/** A reader of frames makes no fields: they follow from the record (`frameFields`). */
const NO_MEANING = { note: '' };
const RSV1 = 4;

/** RFC 6455 §5: the frames of one direction after the switch, each a record, and the messages in them. */
export class FrameReader {
  readonly #out: RecordWriter;
  readonly #direction: 'up' | 'down';
  readonly #heartbeats: Exchange['heartbeats'];
  /** Null when RFC 7692 was not agreed on. */
  readonly #deflated: Deflated | null;
  readonly #note = (reason: string, offset: number) => this.#out.note(reason, offset);
  #frame: FrameRecord | null = null;
  /** Bytes of the payload that are still to come. */
  #remaining = 0;
  /** The message whose next frame is awaited. */
  #fragmented: MessageReader | null = null;
  /** The message, or the control frame, to which the present payload belongs. */
  #current: MessageReader | null = null;
  #closed = false;

  constructor(out: RecordWriter, direction: 'up' | 'down', exchange: Exchange, deflate: Deflate | null) {
    this.#out = out;
    this.#direction = direction;
    this.#heartbeats = exchange.heartbeats;
    this.#deflated = deflate && new Deflated(deflate.takeover[direction]);
  }

  /** Reads a header, or payload; false when bytes are missing for that. */
  step(): boolean {
    if (this.#frame) {
      this.#readPayload(this.#frame, Math.min(this.#remaining, this.#out.queue.length));
      return true;
    }
    const header = parseFrameHeader(this.#out.queue);
    if (header === null) return false;
    this.#openFrame(header);
    if (this.#isPlain(header)) this.#readWhole(header);
    else this.#beginFrame(header);
    return true;
  }

  /** No more bytes for now. */
  pause(): void {
    this.#current?.pause();
  }

  /** Takes as many unrecorded bytes as belong to the payload; returns how many do not. */
  gap(length: number): number {
    const known = this.#frame ? Math.min(length, this.#remaining) : 0;
    if (known > 0) {
      this.#current?.gap(this.#out.offset, known);
      this.#out.skipData(known, NO_MEANING);
      this.#count(known);
    }
    if (known < length) this.end();
    return length - known;
  }

  /** No more frames will be read. */
  end(): void {
    this.#current?.abandon();
    if (this.#fragmented !== this.#current) this.#fragmented?.abandon();
    this.#current = this.#fragmented = null;
    this.#frame = null;
  }

  #openFrame(header: FrameHeader): void {
    const { start } = this.#out;
    const { fin, rsv, opcode, maskingKey, payloadLength, headerLength } = header;
    this.#frame = {
      protocol: 'websocket',
      kind: 'frame',
      start,
      end: start,
      complete: false,
      data: 0,
      malformed: [],
      fin,
      rsv,
      opcode,
      maskingKey,
      payloadLength,
      headerLength,
      answers: null,
    };
    this.#out.open(this.#frame);
    if (this.#isUsual(header)) return;
    const setting = {
      direction: this.#direction,
      deflate: this.#deflated !== null,
      inMessage: this.#fragmented !== null,
      closed: this.#closed,
    };
    judgeHeader(header, setting, this.#note);
  }

  /** There is nothing to judge in a header like nearly all are. */
  #isUsual({ fin, rsv, opcode, maskingKey, isMinimal, isPositive }: FrameHeader): boolean {
    const isMessage = fin && rsv === 0 && (opcode === TEXT || opcode === BINARY);
    const isMasked = (maskingKey !== null) === (this.#direction === 'up');
    return isMessage && isMasked && isMinimal && isPositive && !this.#fragmented && !this.#closed;
  }

  /** A message in one frame that is there in full, as nearly all are: nothing has to be remembered of it. */
  #isPlain({ fin, rsv, opcode, headerLength, payloadLength }: FrameHeader): boolean {
    const isWhole = this.#out.queue.length >= headerLength + payloadLength;
    return isWhole && fin && rsv === 0 && (opcode === TEXT || opcode === BINARY) && !this.#fragmented;
  }

  #readWhole({ opcode, maskingKey, headerLength, payloadLength }: FrameHeader): void {
    const { start } = this.#out;
    this.#out.skip(headerLength);
    const masked = this.#out.queue.peek(payloadLength);
    const bytes = maskingKey === null ? masked : unmask(masked, maskingKey, 0);
    const range = { start, end: start + headerLength + payloadLength };
    if (opcode === TEXT && isAscii(bytes)) {
      this.#out.contents.addAscii(wholeMessage(opcode, payloadLength, range), bytes);
    } else {
      const bad = opcode === TEXT ? utf8Error(bytes) : -1;
      if (bad >= 0) this.#out.note('utf8', headerLength + bad);
      const message = wholeMessage(opcode, payloadLength, range);
      message.text = opcode === BINARY ? hexText(bytes) : textOf(bytes);
      this.#out.contents.add(message);
    }
    this.#out.takeData(payloadLength, NO_MEANING);
    this.#frame = null;
    this.#out.close();
  }

  #beginFrame(header: FrameHeader): void {
    const { start } = this.#out;
    const { payloadLength, headerLength } = header;
    this.#current = this.#messageOf(header);
    this.#current?.frame(start, start + headerLength);
    this.#out.skip(headerLength);
    this.#remaining = payloadLength;
    if (payloadLength === 0) this.#endFrame();
  }

  /** The message that a frame is of; null when its opcode means nothing, or its message never began. */
  #messageOf({ opcode, fin, rsv }: FrameHeader): MessageReader | null {
    if (isReserved(opcode)) return null;
    if (opcode === CONTINUATION) return this.#fragmented;
    if (isControl(opcode)) return new MessageReader(this.#out.contents, opcode, null);
    this.#fragmented?.abandon();
    const compressed = (rsv & RSV1) !== 0 ? this.#deflated : null;
    const message = new MessageReader(this.#out.contents, opcode, compressed);
    this.#fragmented = fin ? null : message;
    return message;
  }

  #readPayload({ maskingKey, headerLength }: FrameRecord, length: number): void {
    const { offset, at } = this.#out;
    const masked = this.#out.queue.peek(length);
    const bytes = maskingKey === null ? masked : unmask(masked, maskingKey, at - headerLength);
    const bad = this.#current?.push(bytes, offset) ?? -1;
    if (bad >= 0) this.#out.note('utf8', this.#out.at + bad);
    this.#out.takeData(length, NO_MEANING);
    this.#count(length);
  }

  #count(length: number): void {
    this.#remaining -= length;
    if (this.#remaining === 0) this.#endFrame();
  }

  #endFrame(): void {
    const frame = this.#frame!;
    const current = this.#current;
    if (current && isControl(frame.opcode)) this.#endControl(frame, current);
    else if (current && frame.fin) {
      const wrong = current.finish();
      if (wrong) this.#out.note(wrong);
      this.#fragmented = null;
    } else {
      current?.pause();
    }
    this.#current = null;
    this.#frame = null;
    this.#out.close();
  }

  #endControl(frame: FrameRecord, control: MessageReader): void {
    const { payload } = control;
    const wrong = control.finish();
    if (wrong) this.#out.note(wrong);
    const index = this.#out.log.length - 1;
    if (frame.opcode === PING) this.#heartbeats.ping(this.#direction, latin1(payload), index);
    if (frame.opcode === PONG) frame.answers = this.#heartbeats.pong(this.#direction, latin1(payload));
    if (frame.opcode !== CLOSE) return;
    const code = payload.length >= 2 ? (payload[0]! << 8) | payload[1]! : null;
    const bad = judgeClose(frame.payloadLength, code);
    if (bad) this.#out.note(bad, frame.headerLength);
    frame.answers = this.#heartbeats.close(this.#direction, index);
    this.#closed = true;
  }
}
