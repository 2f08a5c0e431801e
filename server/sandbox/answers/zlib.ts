/**
 * Compression for a guest: one-shot, and streams whose state is kept here, one per open stream.
 *
 * Ownership: a guest opens and closes its streams; `closeZlib` closes what it left when it ends. The
 * calls are synchronous, as every host call: node:zlib's handle is written to directly, because the
 * public stream answers by callback only.
 */
import zlib, { type ZlibOptions } from 'node:zlib';
import type { SandboxLimits } from '../limits.ts';

/** Names on both sides; the index is the mode's number in node:zlib. */
const ONCE = {
  deflate: zlib.deflateSync,
  inflate: zlib.inflateSync,
  gzip: zlib.gzipSync,
  gunzip: zlib.gunzipSync,
  deflateRaw: zlib.deflateRawSync,
  inflateRaw: zlib.inflateRawSync,
  unzip: zlib.unzipSync,
} as const;
const STREAM = {
  deflate: zlib.createDeflate,
  inflate: zlib.createInflate,
  gzip: zlib.createGzip,
  gunzip: zlib.createGunzip,
  deflateRaw: zlib.createDeflateRaw,
  inflateRaw: zlib.createInflateRaw,
  unzip: zlib.createUnzip,
} as const;
type Kind = keyof typeof ONCE;

/** The part of node:zlib's stream that works at once (lib/zlib.js, processChunkSync). */
interface Zlib {
  _handle: {
    writeSync(
      flush: number,
      input: Uint8Array,
      from: number,
      length: number,
      output: Uint8Array,
      at: number,
      room: number,
    ): void;
    params(level: number, strategy: number): void;
  };
  /** Output room left, input left. */
  _writeState: Uint32Array;
  reset(): void;
  close(): void;
  destroy(error?: Error): void;
}

interface Stream {
  zlib: Zlib;
  failure: Error | undefined;
}

const PIECE = 65_536;

export class GuestZlib {
  readonly #limits: SandboxLimits;
  readonly #streams = new Map<number, Stream>();
  #ids = 0;

  constructor(limits: SandboxLimits) {
    this.#limits = limits;
  }

  /** Whether state is kept here that the guest's memory does not hold. */
  get busy(): boolean {
    return this.#streams.size > 0;
  }

  once(kind: string, options: string, input: Uint8Array, dictionary: Uint8Array | undefined): Uint8Array {
    const given = optionsOf(options, dictionary);
    const most = this.#limits.zlibOutputBytes;
    return ONCE[kindOf(kind)](input, {
      ...given,
      maxOutputLength: Math.min(given.maxOutputLength ?? most, most),
    });
  }

  open(kind: string, options: string, dictionary: Uint8Array | undefined): number {
    if (this.#streams.size >= this.#limits.zlibStreams) throw new RangeError('zlib streams');
    const made = STREAM[kindOf(kind)](optionsOf(options, dictionary)) as unknown as Zlib;
    const stream: Stream = { zlib: made, failure: undefined };
    // A bad input ends the stream object; the guest has one of its own that says so.
    made.destroy = (error) => void (stream.failure = error);
    this.#ids += 1;
    this.#streams.set(this.#ids, stream);
    return this.#ids;
  }

  /** All output that this input leads to, and a last byte: 1 when the compressed data has ended. */
  write(id: number, flush: number, input: Uint8Array): Uint8Array {
    const stream = this.#stream(id);
    const { _handle: handle, _writeState: state } = stream.zlib;
    const pieces: Uint8Array[] = [];
    let [from, total] = [0, 0];
    for (;;) {
      const piece = new Uint8Array(PIECE);
      handle.writeSync(flush, input, from, input.length - from, piece, 0, PIECE);
      if (stream.failure) throw stream.failure;
      const [room = 0, left = 0] = state;
      total += PIECE - room;
      if (total > this.#limits.zlibOutputBytes) throw tooLarge(this.#limits.zlibOutputBytes);
      pieces.push(piece.subarray(0, PIECE - room));
      from = input.length - left;
      // Room and input left: the data ended before its bytes did.
      if (room > 0) return Buffer.concat([...pieces, Uint8Array.of(left > 0 ? 1 : 0)]);
    }
  }

  reset(id: number): void {
    this.#stream(id).zlib.reset();
  }
  params(id: number, level: number, strategy: number): void {
    this.#stream(id).zlib._handle.params(level, strategy);
  }
  close(id: number): void {
    this.#streams.get(id)?.zlib.close();
    this.#streams.delete(id);
  }
  closeAll(): void {
    for (const id of [...this.#streams.keys()]) this.close(id);
  }

  #stream(id: number): Stream {
    const stream = this.#streams.get(id);
    if (!stream) throw Object.assign(new Error('zlib binding closed'), { code: 'ERR_INTERNAL_ASSERTION' });
    return stream;
  }
}

function kindOf(kind: string): Kind {
  if (!Object.hasOwn(ONCE, kind)) throw new TypeError('No such compression.');
  return kind as Kind;
}

/** Only numbers cross, by name; node:zlib checks their ranges. */
function optionsOf(text: string, dictionary: Uint8Array | undefined): ZlibOptions {
  const { level, windowBits, memLevel, strategy, finishFlush, maxOutputLength } = JSON.parse(
    text,
  ) as ZlibOptions;
  const options = { level, windowBits, memLevel, strategy, finishFlush, maxOutputLength };
  for (const [name, value] of Object.entries(options))
    if (typeof value !== 'number') Reflect.deleteProperty(options, name);
  return dictionary ? { ...options, dictionary } : options;
}

function tooLarge(most: number): Error {
  const error = new RangeError(`Cannot create a Buffer larger than ${most} bytes`);
  return Object.assign(error, { code: 'ERR_BUFFER_TOO_LARGE' });
}
