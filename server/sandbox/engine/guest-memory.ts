/**
 * The bytes a guest consists of: blank from the image, copied out and in when it moves, text and bytes in between.
 *
 * Knows nothing of what the bytes mean to the engine.
 */
import { copyOf, LARGE_BYTES } from '../../large-bytes.ts';
import type { EngineExports } from './binary-interface.ts';
import { GuestStop } from './hooks.ts';
import type { Image } from './image.ts';

const PAGE_BYTES = 65_536;
const MEBIBYTE = 1024 * 1024;
/** Cleared as a whole or not at all: a page of the system. */
const CLEARED_BYTES = 4096;
const ZEROS = Buffer.alloc(CLEARED_BYTES);

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** All that a guest is, but for what the worker keeps of it. */
export interface MemoryCopy<Bytes extends Uint8Array = Uint8Array> {
  memory: Bytes;
  stackPointer: number;
}

export class GuestMemory {
  readonly #exports: EngineExports;
  readonly #image: Image;
  #bytes = new Uint8Array(0);

  constructor(exports: EngineExports, image: Image) {
    this.#exports = exports;
    this.#image = image;
    this.#growTo(image.head.memoryBytes);
    this.#restore();
  }

  /** The memory's bytes; the buffer is another one after each growth. */
  get bytes(): Uint8Array {
    const { buffer } = this.#exports.memory;
    if (this.#bytes.buffer !== buffer) this.#bytes = new Uint8Array(buffer);
    return this.#bytes;
  }

  get view(): DataView {
    return new DataView(this.#exports.memory.buffer);
  }

  get size(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** It is not much larger than a new one. Memory never shrinks. */
  get isSmall(): boolean {
    return this.size <= this.#image.head.memoryBytes + MEBIBYTE;
  }

  /**
   * Makes it what a new one is. A page that is zero is not written to: the system gives none for what was never
   * written, which is a third of a guest (most of its stack).
   */
  reset(): void {
    const { bytes } = this;
    let from = 0;
    for (const [offset, length] of [...this.#image.head.runs, [bytes.length, 0] as const]) {
      for (let page = from; page < offset; page += CLEARED_BYTES) {
        const part = bytes.subarray(page, Math.min(page + CLEARED_BYTES, offset));
        if (ZEROS.compare(part, 0, part.length, 0, part.length) !== 0) part.fill(0);
      }
      from = offset + length;
    }
    this.#restore();
  }

  /** Copies the image in; what lies outside its runs of pages must be zero. */
  #restore(): void {
    const { head, pages } = this.#image;
    const { bytes } = this;
    let from = 0;
    for (const [offset, length] of head.runs) {
      bytes.set(pages.subarray(from, from + length), offset);
      from += length;
    }
    this.#exports.__stack_pointer.value = head.stackPointer;
  }

  /** Bytes of a buffer of their own: they may change threads. */
  copy(at: number, length: number): Uint8Array<ArrayBuffer> {
    if (length < LARGE_BYTES) return this.bytes.slice(at, at + length) as Uint8Array<ArrayBuffer>;
    return copyOf(this.bytes.subarray(at, at + length));
  }

  copyOut(): MemoryCopy<Uint8Array<ArrayBuffer>> {
    const stackPointer = this.#exports.__stack_pointer.value as number;
    return { memory: this.copy(0, this.size), stackPointer };
  }

  copyIn({ memory, stackPointer }: MemoryCopy): void {
    this.#growTo(memory.length);
    this.bytes.set(memory);
    this.#exports.__stack_pointer.value = stackPointer;
  }

  allocate(size: number): number {
    const at = this.#exports.wasm_malloc(size);
    if (at === 0) throw new GuestStop('memory', 'out of memory', '');
    return at;
  }

  /** The caller frees it. */
  writeBytes(bytes: Uint8Array): number {
    const at = this.allocate(bytes.length + 1);
    this.bytes.set(bytes, at);
    return at;
  }

  /** Writes NUL-terminated UTF-8; the caller frees it. */
  writeText(text: string): { at: number; length: number } {
    const room = text.length < 4096 ? text.length * 3 : Buffer.byteLength(text);
    const at = this.allocate(room + 1);
    const { bytes } = this;
    const { written } = utf8.encodeInto(text, bytes.subarray(at, at + room));
    bytes[at + written] = 0;
    return { at, length: written };
  }

  readText(at: number, length: number): string {
    return fromUtf8.decode(this.bytes.subarray(at, at + length));
  }

  /** NUL-terminated UTF-8. */
  readCString(at: number): string {
    return this.readText(at, this.bytes.indexOf(0, at) - at);
  }

  #growTo(size: number): void {
    const missing = size - this.size;
    if (missing > 0) this.#exports.memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}
