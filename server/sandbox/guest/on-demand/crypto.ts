/**
 * `crypto`: digests, HMACs and random bytes, computed by the host's own; no keys, no ciphers.
 *
 * A digest's input is kept until `digest()`: the host holds no state for a guest.
 */
import { HOST_CALL } from '../../protocol.ts';
import { askHost } from '../bridge.ts';
import { asBuffer, Buffer, type GuestBuffer } from '../buffer.ts';
import { invalidArgument, nodeError, nodeRangeError, nodeTypeError, outOfRange } from '../node-error.ts';
import { Transform } from '../stream.ts';
import { nextTick } from '../tasks.ts';

type Callback = (error: Error | null, value?: unknown) => void;
const BYTES = 'of type string or an instance of Buffer, TypedArray, or DataView';
const KEY =
  'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey';

/** A copy of the bytes, as they are now. */
function bytesOf(value: unknown, name: string, expected: string, encoding?: unknown): Uint8Array {
  if (typeof value === 'string')
    return Buffer.from(value, encoding === 'buffer' ? 'utf8' : (encoding ?? 'utf8'));
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  if (value instanceof ArrayBuffer && expected !== BYTES) return new Uint8Array(value.slice(0));
  throw invalidArgument(name, expected, value);
}

const host = (code: number, ...args: unknown[]): unknown => {
  try {
    return askHost(code, ...args);
  } catch (error) {
    // The host's words, with the learner's place.
    throw Object.assign(new Error((error as Error).message), { code: (error as { code?: string }).code });
  }
};
const bytesFrom = (answer: unknown): GuestBuffer => asBuffer(answer as Uint8Array);

/** What `update` has taken so far, for one digest. */
abstract class Accumulator extends Transform {
  protected chunks: Uint8Array[] = [];
  protected finished = false;

  update(data: unknown, encoding?: unknown): this {
    const bytes = bytesOf(data, 'data', BYTES, encoding);
    if (this.finished) throw finalized();
    this.chunks.push(bytes);
    return this;
  }
  protected input(): Uint8Array {
    return this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
  }
  abstract digest(encoding?: string): unknown;

  _transform(chunk: Uint8Array, encoding: string, done: Callback): void {
    this.update(chunk, encoding);
    done(null);
  }
  _flush(done: Callback): void {
    this.push(this.digest() as Uint8Array);
    done(null);
  }
}

const finalized = (): Error => nodeError('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
const encoded = (bytes: GuestBuffer, encoding: unknown): unknown =>
  Buffer.isEncoding(encoding) ? bytes.toString(encoding as string) : bytes;

/** Digests the host is known to have. */
const known = new Set<string>();
function checkAlgorithm(name: string): void {
  if (known.has(name)) return;
  host(HOST_CALL.digest, name, new Uint8Array(0), -1);
  known.add(name);
}

export class Hash extends Accumulator {
  readonly #algorithm: string;
  readonly #length: number;
  constructor(algorithm: unknown, options: { outputLength?: number } = {}) {
    if (typeof algorithm !== 'string') throw invalidArgument('algorithm', 'of type string', algorithm);
    super(options);
    this.#algorithm = algorithm;
    this.#length = options.outputLength ?? -1;
    checkAlgorithm(algorithm);
  }
  digest(encoding?: string): unknown {
    if (this.finished) throw finalized();
    this.finished = true;
    return encoded(bytesFrom(host(HOST_CALL.digest, this.#algorithm, this.input(), this.#length)), encoding);
  }
  copy(options: { outputLength?: number } = {}): Hash {
    if (this.finished) throw finalized();
    const copy = new Hash(this.#algorithm, {
      outputLength: this.#length < 0 ? undefined : this.#length,
      ...options,
    });
    copy.chunks = [...this.chunks];
    return copy;
  }
}

export class Hmac extends Accumulator {
  readonly #algorithm: string;
  readonly #key: Uint8Array;
  constructor(algorithm: unknown, key: unknown, options: { encoding?: string } = {}) {
    if (typeof algorithm !== 'string') throw invalidArgument('hmac', 'of type string', algorithm);
    const bytes = bytesOf(key, 'key', KEY, options.encoding);
    super(options);
    this.#algorithm = algorithm;
    this.#key = bytes;
    try {
      checkAlgorithm(algorithm);
    } catch {
      throw nodeTypeError('ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
    }
  }
  digest(encoding?: string): unknown {
    // Node's Hmac answers nothing the second time.
    if (this.finished) return encoded(Buffer.alloc(0), encoding);
    this.finished = true;
    return encoded(bytesFrom(host(HOST_CALL.hmac, this.#algorithm, this.#key, this.input())), encoding);
  }
}

const createHash = (algorithm: unknown, options?: { outputLength?: number }): Hash =>
  new Hash(algorithm, options);
const createHmac = (algorithm: unknown, key: unknown, options?: { encoding?: string }): Hmac =>
  new Hmac(algorithm, key, options);

function hash(algorithm: unknown, data: unknown, encoding = 'hex'): unknown {
  if (typeof algorithm !== 'string') throw invalidArgument('algorithm', 'of type string', algorithm);
  return createHash(algorithm).update(data).digest(encoding);
}

const LARGEST = 2 ** 31 - 1;
function checkSize(size: unknown): number {
  if (typeof size !== 'number') throw invalidArgument('size', 'of type number', size);
  if (!(size >= 0 && size <= LARGEST)) throw outOfRange('size', `>= 0 && <= ${LARGEST}`, size);
  return size;
}

/** One call of the host makes at most this many. */
const AT_ONCE = 65_536;
function fill(target: Uint8Array): void {
  for (let at = 0; at < target.length; at += AT_ONCE)
    target.set(askHost(HOST_CALL.randomBytes, Math.min(AT_ONCE, target.length - at)) as Uint8Array, at);
}
function drawn(size: number): GuestBuffer {
  const bytes = Buffer.alloc(size);
  fill(bytes);
  return bytes;
}
/** As a Node callback: later, not during the call. */
function later(callback: Callback | undefined, make: () => unknown): unknown {
  if (callback === undefined) return make();
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  const value = make();
  nextTick(callback as never, null, value);
  return undefined;
}
const randomBytes = (size: unknown, callback?: Callback): unknown => {
  const count = checkSize(size);
  return later(callback, () => drawn(count));
};

function randomFillSync(target: unknown, offset = 0, size?: number): unknown {
  const view = viewOf(target);
  if (offset < 0 || offset > view.length) throw outOfRange('offset', `>= 0 && <= ${view.length}`, offset);
  const count = size ?? view.length - offset;
  if (count < 0 || offset + count > view.length)
    throw outOfRange('size + offset', `<= ${view.length}`, count + offset);
  fill(view.subarray(offset, offset + count));
  return target;
}
function randomFill(target: unknown, ...rest: unknown[]): void {
  const callback = rest.pop() as Callback;
  later(callback, () => randomFillSync(target, ...(rest as [number, number])));
}
function viewOf(target: unknown): Uint8Array {
  if (ArrayBuffer.isView(target)) return new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  if (target instanceof ArrayBuffer) return new Uint8Array(target);
  throw invalidArgument('buf', 'an instance of ArrayBuffer or ArrayBufferView', target);
}

function randomInt(low: unknown, high?: unknown, done?: Callback): unknown {
  let [min, max, callback] = [low, high, done];
  if (high === undefined || typeof high === 'function') [min, max, callback] = [0, low, high as Callback];
  if (!Number.isSafeInteger(min)) throw invalidArgument('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw invalidArgument('max', 'a safe integer', max);
  const [from, to] = [min as number, max as number];
  if (to <= from) throw outOfRange('max', `greater than the value of "min" (${from})`, to);
  if (to - from > 2 ** 48 - 1) throw outOfRange('max - min', `<= ${2 ** 48 - 1}`, to - from);
  const range = to - from;
  const limit = 2 ** 48 - (2 ** 48 % range);
  return later(callback, () => {
    for (;;) {
      const drawn = (askHost(HOST_CALL.randomBytes, 6) as Uint8Array).reduce(
        (sum, byte) => sum * 256 + byte,
        0,
      );
      // Above the largest multiple of the range some numbers would come more often.
      if (drawn < limit) return from + (drawn % range);
    }
  });
}

/** RFC 9562 §5.4 */
function randomUUID(): string {
  const bytes = drawn(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function timingSafeEqual(a: unknown, b: unknown): boolean {
  const [one, two] = [a, b].map((value, index) => {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    throw nodeTypeError(
      'ERR_INVALID_ARG_TYPE',
      `The "buf${index + 1}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`,
    );
  }) as [Uint8Array, Uint8Array];
  if (one.length !== two.length) {
    throw nodeRangeError(
      'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
      'Input buffers must have the same byte length',
    );
  }
  let difference = 0;
  for (let index = 0; index < one.length; index++) difference |= one[index]! ^ two[index]!;
  return difference === 0;
}

const domError = (name: string, message: string, code: number): Error =>
  Object.defineProperties(new Error(message), {
    name: { value: name, configurable: true, writable: true },
    code: { value: code, configurable: true, writable: true },
  }) as Error;

function getRandomValues<T>(target: T): T {
  if (!ArrayBuffer.isView(target) || target instanceof DataView || /Float/.test(target.constructor.name))
    throw domError('TypeMismatchError', 'The data argument must be an integer-type TypedArray', 17);
  if (target.byteLength > AT_ONCE)
    throw domError('QuotaExceededError', 'The requested length exceeds 65,536 bytes', 22);
  fill(new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
  return target;
}

const SUBTLE = new Set(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']);
export class SubtleCrypto {
  async digest(algorithm: string | { name: string }, data: unknown): Promise<ArrayBuffer> {
    const name = (typeof algorithm === 'string' ? algorithm : algorithm.name).toUpperCase();
    if (!SUBTLE.has(name)) throw domError('NotSupportedError', 'Unrecognized algorithm name', 9);
    const input = bytesOf(data, 'data', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView');
    return (host(HOST_CALL.digest, name.replace('-', ''), input, -1) as Uint8Array).buffer as ArrayBuffer;
  }
}
const subtle = new SubtleCrypto();
export class Crypto {
  getRandomValues = getRandomValues;
  randomUUID = randomUUID;
  get subtle(): SubtleCrypto {
    return subtle;
  }
}
for (const name of ['getRandomValues', 'randomUUID'])
  Object.defineProperty(Crypto.prototype, name, { value: { getRandomValues, randomUUID }[name] });

export const webcrypto = Object.create(Crypto.prototype) as Crypto;
Object.defineProperty(webcrypto, Symbol.toStringTag, { value: 'Crypto' });

export const module = {
  createHash,
  createHmac,
  getHashes: (): string[] => JSON.parse(askHost(HOST_CALL.hashNames) as string) as string[],
  getRandomValues,
  Hash,
  Hmac,
  hash,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  pseudoRandomBytes: randomBytes,
  rng: randomBytes,
  prng: randomBytes,
  subtle,
  timingSafeEqual,
  webcrypto,
  constants: {},
};
