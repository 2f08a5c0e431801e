import { KeptBytes, hexText, textOf } from '../content-text.ts';
import type { WebSocketMessageContent } from '../records.ts';
import type { ContentLog, Growing } from '../stream/content-log.ts';
import { CLOSE, TEXT } from './opcodes.ts';
import { Utf8Check } from './utf8.ts';

/** RFC 6455 §5.6: one message, or one control frame, while its payload arrives. */
export class MessageReader {
  readonly opcode: number;
  readonly #growing: Growing<WebSocketMessageContent>;
  readonly #kept = new KeptBytes();
  readonly #utf8: Utf8Check | null;
  #isText: boolean;
  #badText = false;

  constructor(contents: ContentLog, opcode: number) {
    this.opcode = opcode;
    this.#isText = opcode === TEXT;
    this.#utf8 = opcode === TEXT ? new Utf8Check() : null;
    this.#growing = contents.open<WebSocketMessageContent>({
      kind: 'websocket-message',
      ranges: [],
      complete: false,
      opcode,
      frames: 0,
      size: 0,
      inflatedSize: null,
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
   * Payload, unmasked.
   *
   * @returns Index of the first byte that is no UTF-8 where it has to be; -1 without one.
   */
  push(bytes: Uint8Array, start: number): number {
    this.#growing.cover(start, start + bytes.length);
    this.#growing.content.size += bytes.length;
    this.#kept.push(bytes);
    if (!this.#utf8 || this.#badText) return -1;
    const bad = this.#utf8.push(bytes);
    this.#badText = bad >= 0;
    return bad;
  }

  gap(start: number, length: number): void {
    this.#growing.cover(start, start + length);
    this.#growing.content.size += length;
    this.#badText = true;
  }

  /** Shows what has arrived so far. */
  pause(): void {
    this.#show();
  }

  /** The last frame is complete. Returns false when its text ends within a character. */
  finish(): boolean {
    this.#show();
    this.#growing.finish(true);
    return this.#badText || !this.#utf8 || this.#utf8.isWhole;
  }

  /** It will not be completed. */
  abandon(): void {
    this.#show();
    this.#growing.finish(false);
  }

  #show(): void {
    const { content } = this.#growing;
    const bytes = this.#kept.view;
    if (this.#isText) content.text = textOf(bytes);
    else content.text = hexText(bytes);
    if (this.opcode === CLOSE && bytes.length >= 2) {
      content.closeCode = (bytes[0]! << 8) | bytes[1]!;
      content.text = textOf(bytes.subarray(2));
    }
  }
}
