/**
 * Compression for a guest: one-shot, and streams whose state is kept here, one per open stream.
 *
 * Ownership: a guest opens and closes its streams; `closeZlib` closes what it left when it ends. The
 * calls are synchronous, as every host call: node:zlib's handle is written to directly, because the
 * public stream answers by callback only.
 */
import zlib, { type ZlibOptions } from 'node:zlib';
import { allocate } from '../../large-bytes.ts';
import type { SandboxLimits } from '../limits.ts';

/** Names on both sides. */
const STREAM = {
  deflate: zlib.createDeflate,
  inflate: zlib.createInflate,
  gzip: zlib.createGzip,
  gunzip: zlib.createGunzip,
  deflateRaw: zlib.createDeflateRaw,
  inflateRaw: zlib.createInflateRaw,
  unzip: zlib.createUnzip,
} as const;
type Kind = keyof typeof STREAM;

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

/** Room for what one call of zlib puts out; there is never more than one under way. */
const piece = Buffer.alloc(65_536);

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

  /** node:zlib's own functions for this gather output in small blocks, which a bomb makes by the thousand. */
  once(kind: string, options: string, input: Uint8Array, dictionary: Uint8Array | undefined): Uint8Array {
    const given = optionsOf(options, dictionary);
    const most = Math.min(given.maxOutputLength ?? Infinity, this.#limits.zlibOutputBytes);
    const stream = make(kindOf(kind), { ...given, maxOutputLength: most });
    try {
      return run(stream, given.finishFlush ?? zlib.constants.Z_FINISH, input, most).subarray(0, -1);
    } finally {
      stream.zlib.close();
    }
  }

  open(kind: string, options: string, dictionary: Uint8Array | undefined): number {
    if (this.#streams.size >= this.#limits.zlibStreams) throw new RangeError('zlib streams');
    const stream = make(kindOf(kind), optionsOf(options, dictionary));
    this.#ids += 1;
    this.#streams.set(this.#ids, stream);
    return this.#ids;
  }

  /** All output that this input leads to, and a last byte: 1 when the compressed data has ended. */
  write(id: number, flush: number, input: Uint8Array): Uint8Array {
    return run(this.#stream(id), flush, input, this.#limits.zlibOutputBytes);
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

function make(kind: Kind, options: ZlibOptions): Stream {
  const made = STREAM[kind](options) as unknown as Zlib;
  const stream: Stream = { zlib: made, failure: undefined };
  // A bad input ends the stream object; the guest has one of its own that says so.
  made.destroy = (error) => void (stream.failure = error);
  return stream;
}

/** All output that `input` leads to, `most` bytes at most, and a last byte: 1 when the compressed data has ended. */
function run(stream: Stream, flush: number, input: Uint8Array, most: number): Buffer {
  const { _handle: handle, _writeState: state } = stream.zlib;
  let output = Buffer.alloc(0);
  let [from, total] = [0, 0];
  for (;;) {
    handle.writeSync(flush, input, from, input.length - from, piece, 0, piece.length);
    if (stream.failure) throw stream.failure;
    const [room = 0, left = 0] = state;
    const made = piece.length - room;
    if (total + made > most) throw tooLarge(most);
    output = withRoom(output, total, made + 1, most + 1);
    piece.copy(output, total, 0, made);
    total += made;
    from = input.length - left;
    if (room > 0) {
      // Room and input left: the data ended before its bytes did.
      output[total] = left > 0 ? 1 : 0;
      return output.subarray(0, total + 1);
    }
  }
}

/** `output`, or a copy twice as large, so that `more` bytes fit behind `used`. */
function withRoom(
  output: Buffer<ArrayBuffer>,
  used: number,
  more: number,
  most: number,
): Buffer<ArrayBuffer> {
  if (used + more <= output.length) return output;
  const larger = allocate(Math.min(most, Math.max(used + more, output.length * 2)));
  output.copy(larger, 0, 0, used);
  return larger;
}

function kindOf(kind: string): Kind {
  if (!Object.hasOwn(STREAM, kind)) throw new TypeError('No such compression.');
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
