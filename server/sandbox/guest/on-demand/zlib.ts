/** `zlib`: deflate, inflate, gzip and their raw and automatic forms; the host's own computes. */
import { HOST_CALL } from '../../protocol.ts';
import { askHost } from '../bridge.ts';
import { asBuffer, Buffer, type GuestBuffer } from '../buffer.ts';
import { limitReached } from '../limit-error.ts';
import { invalidArgument, nodeRangeError } from '../node-error.ts';
import { REPORT } from '../report.ts';
import { Transform } from '../stream.ts';
import { nextTick } from '../tasks.ts';
import { setImmediate } from '../timers.ts';

type Callback = (error: Error | null, value?: unknown) => void;
interface Options {
  flush?: number;
  finishFlush?: number;
  chunkSize?: number;
  windowBits?: number;
  level?: number;
  memLevel?: number;
  strategy?: number;
  dictionary?: Uint8Array;
  maxOutputLength?: number;
}

/** zlib.h */
export const constants = {
  Z_NO_FLUSH: 0,
  Z_PARTIAL_FLUSH: 1,
  Z_SYNC_FLUSH: 2,
  Z_FULL_FLUSH: 3,
  Z_FINISH: 4,
  Z_BLOCK: 5,
  Z_OK: 0,
  Z_STREAM_END: 1,
  Z_NEED_DICT: 2,
  Z_ERRNO: -1,
  Z_STREAM_ERROR: -2,
  Z_DATA_ERROR: -3,
  Z_MEM_ERROR: -4,
  Z_BUF_ERROR: -5,
  Z_VERSION_ERROR: -6,
  Z_NO_COMPRESSION: 0,
  Z_BEST_SPEED: 1,
  Z_BEST_COMPRESSION: 9,
  Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1,
  Z_HUFFMAN_ONLY: 2,
  Z_RLE: 3,
  Z_FIXED: 4,
  Z_DEFAULT_STRATEGY: 0,
  ZLIB_VERNUM: 4880,
  DEFLATE: 1,
  INFLATE: 2,
  GZIP: 3,
  GUNZIP: 4,
  DEFLATERAW: 5,
  INFLATERAW: 6,
  UNZIP: 7,
  Z_MIN_WINDOWBITS: 8,
  Z_MAX_WINDOWBITS: 15,
  Z_DEFAULT_WINDOWBITS: 15,
  Z_MIN_CHUNK: 64,
  Z_MAX_CHUNK: Infinity,
  Z_DEFAULT_CHUNK: 16 * 1024,
  Z_MIN_MEMLEVEL: 1,
  Z_MAX_MEMLEVEL: 9,
  Z_DEFAULT_MEMLEVEL: 8,
  Z_MIN_LEVEL: -1,
  Z_MAX_LEVEL: 9,
  Z_DEFAULT_LEVEL: -1,
} as const;
const codes: Record<string, string | number> = {};
for (const name of [
  'OK',
  'STREAM_END',
  'NEED_DICT',
  'ERRNO',
  'STREAM_ERROR',
  'DATA_ERROR',
  'MEM_ERROR',
  'BUF_ERROR',
  'VERSION_ERROR',
] as const) {
  const value = constants[`Z_${name}`];
  codes[`Z_${name}`] = value;
  codes[value] = `Z_${name}`;
}

/** Asks the host; its errors become Node's. */
function host(code: number, ...args: unknown[]): unknown {
  try {
    return askHost(code, ...args);
  } catch (error) {
    throw asNodeError(error as Error & { code?: string });
  }
}

function asNodeError({ message, code }: { message: string; code?: string }): Error {
  if (message === 'zlib streams')
    return limitReached('open zlib streams', Number(askHost(HOST_CALL.zlibStreams)));
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    const value = Number(/\d+/.exec(message)?.[0]);
    const error = nodeRangeError(code, message);
    return Object.assign(error, {
      [REPORT]: { code: 'LIMIT_REACHED', params: { limit: 'bytes of zlib output at once', value } },
    });
  }
  const error = code === 'ERR_OUT_OF_RANGE' ? new RangeError(message) : new Error(message);
  const errno = code === undefined ? undefined : codes[code];
  return Object.assign(error, errno === undefined ? {} : { errno }, { code });
}

function inputOf(value: unknown): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw invalidArgument(
    'buffer',
    'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer',
    value,
  );
}

/** What crosses: numbers, and the dictionary's bytes beside them. */
function crossing({ dictionary, ...options }: Options): unknown[] {
  return dictionary === undefined
    ? [JSON.stringify(options)]
    : [JSON.stringify(options), inputOf(dictionary)];
}

const KINDS = ['Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip'] as const;
const hostName = (kind: string): string => kind[0]!.toLowerCase() + kind.slice(1);

function once(kind: string, input: unknown, options: Options): GuestBuffer {
  const bytes = inputOf(input);
  return asBuffer(host(HOST_CALL.zlibOnce, hostName(kind), bytes, ...crossing(options)) as Uint8Array);
}

/** An empty chunk stands for a flush of its kind, so that flushes keep their place among the writes. */
const flushOf = new WeakMap<object, number>();

abstract class ZlibStream extends Transform {
  readonly #id: number;
  readonly #flush: number;
  readonly #finish: number;
  readonly #chunkSize: number;
  #open = true;
  bytesWritten = 0;

  constructor(kind: string, options: Options = {}) {
    super({ ...options, decodeStrings: true });
    this.#flush = options.flush ?? constants.Z_NO_FLUSH;
    this.#finish = options.finishFlush ?? constants.Z_FINISH;
    this.#chunkSize = options.chunkSize ?? constants.Z_DEFAULT_CHUNK;
    this.#id = host(HOST_CALL.zlibOpen, hostName(kind), ...crossing(options)) as number;
  }

  get _closed(): boolean {
    return !this.#open;
  }

  flush(kind?: number | Callback, callback?: Callback): void {
    let [how, done] = [kind, callback];
    if (typeof kind === 'function') [how, done] = [undefined, kind];
    const flush = (how as number | undefined) ?? constants.Z_FULL_FLUSH;
    if (this.writableFinished) {
      if (done) nextTick(done as never);
    } else if (this.writableEnded) {
      if (done) this.once('end', done as never);
    } else {
      const mark = Buffer.alloc(0);
      flushOf.set(mark, flush);
      this.write(mark, '', done);
    }
  }

  params(level: number, strategy: number, callback?: Callback): void {
    this.flush(constants.Z_SYNC_FLUSH, () => {
      if (this.#open) host(HOST_CALL.zlibParams, this.#id, level, strategy);
      callback?.(null);
    });
  }

  reset(): void {
    if (!this.#open) throw new Error('zlib binding closed');
    host(HOST_CALL.zlibReset, this.#id);
  }

  close(callback?: Callback): void {
    if (callback) this.once('close', callback as never);
    this.destroy();
  }

  _transform(chunk: Uint8Array, _encoding: string, done: Callback): void {
    const asked = flushOf.get(chunk);
    const last = this.writableEnded && this.writableLength === chunk.byteLength;
    this.#process(chunk, asked ?? (last ? this.#finish : this.#flush), done);
  }
  _flush(done: Callback): void {
    this.#process(Buffer.alloc(0), this.#finish, done);
  }
  #process(chunk: Uint8Array, flush: number, done: Callback): void {
    if (!this.#open) return done(null);
    let answer: Uint8Array;
    try {
      answer = host(HOST_CALL.zlibWrite, this.#id, flush, chunk) as Uint8Array;
    } catch (error) {
      return done(error as Error);
    }
    this.bytesWritten += chunk.byteLength;
    const length = answer.length - 1;
    for (let at = 0; at < length; at += this.#chunkSize)
      this.push(asBuffer(answer.subarray(at, Math.min(at + this.#chunkSize, length))));
    if (answer[length] === 1) this.push(null);
    done(null);
  }

  _destroy(error: Error | null, done: Callback): void {
    if (this.#open) askHost(HOST_CALL.zlibClose, this.#id);
    this.#open = false;
    done(error);
  }
}

export const module: Record<string, unknown> = { constants, codes };
for (const kind of KINDS) {
  const Class = class extends ZlibStream {
    constructor(options?: Options) {
      super(kind, options);
    }
  };
  Object.defineProperty(Class, 'name', { value: kind });
  // Old code calls these without `new`.
  const callable = function (options?: Options): object {
    return Reflect.construct(Class, [options], new.target ?? callable) as object;
  };
  Object.defineProperty(callable, 'name', { value: kind });
  callable.prototype = Class.prototype;
  Object.defineProperty(Class.prototype, 'constructor', {
    value: callable,
    configurable: true,
    writable: true,
  });
  const name = hostName(kind);
  module[kind] = callable;
  module[`create${kind}`] = (options?: Options): object => callable(options);
  module[`${name}Sync`] = (input: unknown, options: Options = {}): GuestBuffer => once(kind, input, options);
  module[name] = (input: unknown, options: Options | Callback, callback?: Callback): void => {
    const [given, done] = typeof options === 'function' ? [{}, options] : [options, callback];
    if (typeof done !== 'function') throw invalidArgument('callback', 'of type function', done);
    const bytes = inputOf(input).slice();
    // Node's thread pool answers in a later turn.
    setImmediate(() => {
      let value: GuestBuffer;
      try {
        value = once(kind, bytes, given ?? {});
      } catch (error) {
        return done(error as Error);
      }
      done(null, value);
    });
  };
}

/** CRC-32 as in gzip (RFC 1952 §8). */
function crc32(data: unknown, start = 0): number {
  let sum = ~start;
  for (const byte of inputOf(data)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}
// Node offers each constant under the module too, and the names without `Z_` nowhere.
Object.assign(module, constants, { crc32 });
