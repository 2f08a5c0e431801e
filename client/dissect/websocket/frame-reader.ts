import type { FrameRecord } from '../records.ts';
import type { RecordWriter } from '../stream/record-writer.ts';
import { MAX_HEADER_BYTES, parseFrameHeader, type FrameHeader } from './frame-header.ts';
import { unmask } from './masking.ts';
import { MessageReader } from './message.ts';
import { CONTINUATION, isControl, isReserved } from './opcodes.ts';

const PAYLOAD = { note: '' };

/** RFC 6455 §5: the frames of one direction after the switch, each a record, and the messages in them. */
export class FrameReader {
  readonly #out: RecordWriter;
  #frame: FrameRecord | null = null;
  #remaining = 0;
  /** The message whose next frame is awaited. */
  #fragmented: MessageReader | null = null;
  /** The message, or the control frame, to which the present payload belongs. */
  #current: MessageReader | null = null;

  constructor(out: RecordWriter) {
    this.#out = out;
  }

  /** Reads a header, or payload; false when bytes are missing for that. */
  step(): boolean {
    if (this.#frame) {
      this.#readPayload(this.#frame, Math.min(this.#remaining, this.#out.queue.length));
      return true;
    }
    const header = parseFrameHeader(this.#out.queue.peek(MAX_HEADER_BYTES));
    if (header) this.#readHeader(header);
    return header !== null;
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
      this.#out.skipData(known, PAYLOAD);
      this.#count(known);
    }
    if (known < length) this.end();
    return length - known;
  }

  /** No more bytes will be read. */
  end(): void {
    this.#current?.abandon();
    if (this.#fragmented !== this.#current) this.#fragmented?.abandon();
    this.#current = this.#fragmented = null;
    this.#frame = null;
  }

  #readHeader(header: FrameHeader): void {
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
    };
    this.#out.open(this.#frame);
    this.#current = this.#messageOf(header);
    this.#current?.frame(start, start + headerLength);
    this.#out.skip(headerLength);
    this.#remaining = payloadLength;
    if (payloadLength === 0) this.#endFrame();
  }

  #messageOf({ opcode, fin }: FrameHeader): MessageReader | null {
    if (isReserved(opcode)) return null;
    if (isControl(opcode)) return new MessageReader(this.#out.contents, opcode);
    if (opcode === CONTINUATION) return this.#fragmented;
    this.#fragmented?.abandon();
    const message = new MessageReader(this.#out.contents, opcode);
    this.#fragmented = fin ? null : message;
    return message;
  }

  #readPayload({ maskingKey, payloadLength }: FrameRecord, length: number): void {
    const { offset } = this.#out;
    const masked = this.#out.queue.peek(length);
    const bytes = maskingKey === null ? masked : unmask(masked, maskingKey, payloadLength - this.#remaining);
    const bad = this.#current?.push(bytes, offset) ?? -1;
    if (bad >= 0) this.#out.note('utf8', this.#out.at + bad);
    this.#out.takeData(length, PAYLOAD);
    this.#count(length);
  }

  #count(length: number): void {
    this.#remaining -= length;
    if (this.#remaining === 0) this.#endFrame();
  }

  #endFrame(): void {
    const { fin, opcode } = this.#frame!;
    const current = this.#current;
    if (current && fin) {
      if (!current.finish()) this.#out.note('utf8');
      if (!isControl(opcode)) this.#fragmented = null;
    } else {
      current?.pause();
    }
    this.#current = null;
    this.#frame = null;
    this.#out.close();
  }
}
