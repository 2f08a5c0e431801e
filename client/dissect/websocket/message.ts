import { KeptBytes, hexText, textOf } from '../content-text.ts';
import type { ByteRange, WebSocketMessageContent } from '../records.ts';
import type { ContentLog, Growing } from '../stream/content-log.ts';
import { CompressedPayload, type Deflated, type NotInflated } from './deflated.ts';
import { BINARY, CLOSE, TEXT } from './opcodes.ts';
import { Utf8Check } from './utf8.ts';

/** A message that is there as a whole, in one frame and not compressed, without its text. */
export function wholeMessage(opcode: number, size: number, range: ByteRange): WebSocketMessageContent {
  return {
    kind: 'websocket-message',
    ranges: [range],
    complete: true,
    opcode,
    frames: 1,
    size,
    inflatedSize: null,
    text: '',
    closeCode: null,
  };
}

/** RFC 6455 §5.6: one message, or one control frame, while its payload arrives. */
export class MessageReader {
  readonly opcode: number;
  readonly #growing: Growing<WebSocketMessageContent>;
  readonly #kept = new KeptBytes();
  readonly #deflated: Deflated | null;
  readonly #compressed: CompressedPayload | null;
  /** Null where no text is promised, or when it already proved to be none. */
  #utf8: Utf8Check | null;
  /** Bytes were added since the text was made of them. */
  #stale = false;

  /** @param deflated Of the direction, when this message is compressed. */
  constructor(contents: ContentLog, opcode: number, deflated: Deflated | null) {
    this.opcode = opcode;
    this.#utf8 = opcode === TEXT || opcode === CLOSE ? new Utf8Check() : null;
    this.#deflated = deflated;
    this.#compressed = deflated ? new CompressedPayload() : null;
    this.#growing = contents.open<WebSocketMessageContent>({
      kind: 'websocket-message',
      ranges: [],
      complete: false,
      opcode,
      frames: 0,
      size: 0,
      inflatedSize: deflated ? 0 : null,
      text: '',
      closeCode: null,
    });
  }

  /** Another frame of it, from its first byte to the end of its header. */
  frame(start: number, end: number): void {
    this.#growing.content.frames++;
    this.#growing.cover(start, end);
  }

  /**
   * Payload, unmasked, which lies at `start` in the direction.
   *
   * @returns Index of the first byte that is no UTF-8 where it has to be; -1 without one.
   */
  push(bytes: Uint8Array, start: number): number {
    const { content } = this.#growing;
    const before = content.size;
    content.size += bytes.length;
    this.#growing.cover(start, start + bytes.length);
    if (this.#compressed) {
      this.#compressed.push(bytes);
      return -1;
    }
    this.#kept.push(bytes);
    this.#stale = true;
    // §5.5.1: the reason follows the two bytes of the code.
    const skipped = this.opcode === CLOSE ? Math.min(bytes.length, Math.max(0, 2 - before)) : 0;
    const bad = this.#check(skipped > 0 ? bytes.subarray(skipped) : bytes);
    return bad < 0 ? -1 : bad + skipped;
  }

  gap(start: number, length: number): void {
    this.#growing.content.size += length;
    this.#growing.cover(start, start + length);
    this.#compressed?.break();
    this.#utf8 = null;
  }

  /** Its payload so far, as long as it is not compressed: its beginning, when that is long. */
  get payload(): Uint8Array {
    return this.#kept.view;
  }

  /** Shows what has arrived so far. */
  pause(): void {
    if (!this.#stale) return;
    this.#stale = false;
    const { content } = this.#growing;
    const bytes = this.#kept.view;
    if (this.opcode === CLOSE) {
      content.closeCode = bytes.length >= 2 ? (bytes[0]! << 8) | bytes[1]! : null;
      content.text = textOf(bytes.subarray(2));
    } else {
      content.text = this.opcode === BINARY ? hexText(bytes) : textOf(bytes);
    }
  }

  /** Its last frame is complete. Returns what is wrong with it as a whole, if anything is. */
  finish(): 'utf8' | NotInflated | null {
    const wrong = this.#inflate();
    this.pause();
    this.#growing.finish(true);
    return wrong ?? (this.#utf8 && !this.#utf8.isWhole ? 'utf8' : null);
  }

  /** It will not be completed. */
  abandon(): void {
    this.#deflated?.abandon();
    this.pause();
    this.#growing.finish(false);
  }

  #inflate(): 'utf8' | NotInflated | null {
    if (!this.#deflated || !this.#compressed) return null;
    const { content } = this.#growing;
    let bad = false;
    const wrong = this.#deflated.inflate(this.#compressed.bytes, (bytes) => {
      content.inflatedSize = (content.inflatedSize ?? 0) + bytes.length;
      this.#kept.push(bytes);
      this.#stale = true;
      bad ||= this.#check(bytes) >= 0;
    });
    if (wrong !== null) this.#utf8 = null;
    return wrong ?? (bad ? 'utf8' : null);
  }

  #check(bytes: Uint8Array): number {
    const bad = this.#utf8?.push(bytes) ?? -1;
    if (bad >= 0) this.#utf8 = null;
    return bad;
  }
}
