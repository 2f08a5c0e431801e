/** `Buffer` of the `buffer` package, with `base64url` and with long texts converted by the host. */
import { Buffer as PackageBuffer, kMaxLength } from 'buffer/';
import { HOST_CALL } from '../protocol.ts';
import { askHost } from './bridge.ts';
import { invalidArgument, nodeRangeError, outOfRange } from './node-error.ts';
import { utf8Length, utf8Of } from './utf8.ts';

export interface GuestBuffer extends Uint8Array {
  toString(encoding?: string, start?: number, end?: number): string;
  equals(other: Uint8Array): boolean;
}
interface BufferClass {
  new (value: unknown, encoding?: unknown, length?: number): GuestBuffer;
  prototype: GuestBuffer;
  from(value: unknown, encoding?: unknown, length?: number): GuestBuffer;
  concat(list: readonly Uint8Array[], length?: number): GuestBuffer;
  alloc(size: number, fill?: unknown, encoding?: string): GuestBuffer;
  allocUnsafe(size: number): GuestBuffer;
  isBuffer(value: unknown): value is GuestBuffer;
  isEncoding(encoding: unknown): boolean;
  byteLength(value: unknown, encoding?: string): number;
}

export const Buffer = PackageBuffer as BufferClass;

export { kMaxLength };
export const constants = { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: 2 ** 29 - 24 };
export const INSPECT_MAX_BYTES = 50;

/** From here on crossing to the host costs less than the package's loops. */
const WORTH_ASKING = 512;

const { alloc, allocUnsafe, byteLength, from, isEncoding } = Buffer;
const { toString } = Buffer.prototype;
const isUtf8 = (encoding: unknown): boolean =>
  encoding === undefined || encoding === null || /^utf-?8$/i.test(String(encoding));
const isUrlBase64 = (encoding: unknown): boolean =>
  typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';

/** `buffer.isUtf8`: whether bytes are well-formed UTF-8. */
function isUtf8Bytes(bytes: Uint8Array): boolean {
  try {
    askHost(HOST_CALL.decode, bytes, 'utf-8,fatal');
    return true;
  } catch {
    // The host's decoder refuses for one reason only.
    return false;
  }
}
export { isUtf8Bytes as isUtf8 };

type NumberMethod = (this: GuestBuffer, ...args: unknown[]) => unknown;

function withCodes(method: NumberMethod, name: string): NumberMethod {
  const writes = name.startsWith('write');
  const bytes = /64|Double/.test(name) ? 8 : /32|Float/.test(name) ? 4 : /16/.test(name) ? 2 : 1;
  const isFixed = /\d|Float|Double/.test(name);
  const checked: NumberMethod = function (...args) {
    try {
      return method.apply(this, args);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
      const offset = writes ? args[1] : args[0];
      const size = isFixed ? bytes : Number(writes ? args[2] : args[1]);
      throw rangeErrorOf(this, offset, size, writes ? args[0] : undefined) ?? error;
    }
  };
  return Object.defineProperty(checked, 'name', { value: name });
}

/** As lib/internal/buffer.js finds it: the offset's type, its range, then the value's. */
function rangeErrorOf(buffer: GuestBuffer, offset: unknown, size: number, value: unknown): Error | undefined {
  const at = offset ?? 0;
  if (typeof at !== 'number') return invalidArgument('offset', 'of type number', offset);
  if (!Number.isInteger(at)) return outOfRange('offset', 'an integer', at);
  const most = buffer.length - size;
  if (most < 0)
    return nodeRangeError('ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  if (at < 0 || at > most) return outOfRange('offset', `>= 0 and <= ${most}`, at);
  return value === undefined ? undefined : outOfRange('value', 'within the range of its type', value);
}

/** A view of the same bytes as a Buffer. */
export function asBuffer(bytes: Uint8Array): GuestBuffer {
  return Object.setPrototypeOf(bytes, Buffer.prototype) as GuestBuffer;
}

function isSource(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer || ArrayBuffer.isView(value))
    return true;
  const { length, type } = value as { length?: unknown; type?: unknown };
  return (
    length !== undefined || type === 'Buffer' || value.valueOf() !== value || Symbol.toPrimitive in value
  );
}

function checkedSize(size: unknown): number {
  if (typeof size !== 'number') throw invalidArgument('size', 'of type number', size);
  if (!(size >= 0 && size <= kMaxLength)) throw outOfRange('size', `>= 0 && <= ${kMaxLength}`, size);
  return size;
}

Object.assign(Buffer, {
  from(this: unknown, value: unknown, encoding?: unknown, length?: number): GuestBuffer {
    if (typeof value === 'string') {
      if (isUrlBase64(encoding)) return from(value, 'base64');
      if (value.length >= WORTH_ASKING && isUtf8(encoding)) return asBuffer(utf8Of(value));
    }
    if (!isSource(value))
      throw invalidArgument(
        'first argument',
        'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object',
        value,
      );
    return from(value, encoding, length);
  },
  alloc: (size: unknown, fill?: unknown, encoding?: string): GuestBuffer =>
    alloc(checkedSize(size), fill, encoding),
  allocUnsafe: (size: unknown): GuestBuffer => allocUnsafe(checkedSize(size)),
  allocUnsafeSlow: (size: unknown): GuestBuffer => allocUnsafe(checkedSize(size)),
  byteLength(value: unknown, encoding?: string): number {
    if (typeof value === 'string') {
      if (isUrlBase64(encoding)) return Math.floor((value.replace(/=+$/, '').length * 3) / 4);
      if (value.length >= WORTH_ASKING && isUtf8(encoding)) return utf8Length(value);
    }
    return byteLength(value, encoding);
  },
  isEncoding: (encoding: unknown): boolean => isUrlBase64(encoding) || isEncoding(encoding),
  copyBytesFrom(view: ArrayBufferView, offset = 0, length?: number): GuestBuffer {
    if (!ArrayBuffer.isView(view)) throw invalidArgument('view', 'an instance of TypedArray', view);
    const elements = view as Uint8Array;
    const part = elements.subarray(offset, length === undefined ? undefined : offset + length);
    return from(new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice());
  },
});

Object.defineProperty(Buffer.prototype, 'toString', {
  value: function (this: GuestBuffer, encoding?: string, start?: number, end?: number): string {
    if (isUrlBase64(encoding)) {
      const text: string = toString.call(this, 'base64', start, end);
      return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    }
    if (this.length >= WORTH_ASKING && start === undefined && end === undefined && isUtf8(encoding)) {
      return askHost(HOST_CALL.decode, this) as string;
    }
    const text: string = toString.call(this, encoding, start, end);
    // The package replaces what is no UTF-8 byte by byte; the standard, and Node, by maximal parts.
    if (text.includes('\ufffd') && isUtf8(encoding))
      return askHost(HOST_CALL.decode, this.subarray(start ?? 0, end ?? this.length)) as string;
    return text;
  },
  writable: true,
  configurable: true,
  enumerable: false,
});

/** Node's errors for numbers and places out of range: the package has the checks, not the codes. */
for (const name of Object.getOwnPropertyNames(Buffer.prototype)) {
  const match = /^(?:read|write)(Big)?U?[Ii]nt(?:LE|BE|8|16|32|64)|^(?:read|write)(?:Float|Double)/.exec(
    name,
  );
  const method = (Buffer.prototype as unknown as Record<string, unknown>)[name];
  if (match && typeof method === 'function')
    Object.defineProperty(Buffer.prototype, name, {
      value: withCodes(method as NumberMethod, name),
      writable: true,
      configurable: true,
    });
}

/** Node has both spellings. */
for (const name of Object.getOwnPropertyNames(Buffer.prototype)) {
  const other = name.replace('BigUInt', 'BigUint');
  if (other !== name && !(other in Buffer.prototype))
    Object.defineProperty(Buffer.prototype, other, {
      value: (Buffer.prototype as unknown as Record<string, unknown>)[name],
      writable: true,
      configurable: true,
    });
}

/** `buffer.transcode` */
export function transcode(source: Uint8Array, from: string, to: string): GuestBuffer {
  return Buffer.from(asBuffer(source.slice()).toString(from), to);
}

// Node shows `<Buffer 68 69>`.
Object.defineProperty(Buffer.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value: function (this: GuestBuffer): string {
    const shown = Array.from(this.subarray(0, INSPECT_MAX_BYTES), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join(' ');
    const left = this.length - INSPECT_MAX_BYTES;
    return `<Buffer ${shown}${left > 0 ? ` ... ${left} more byte${left > 1 ? 's' : ''}` : ''}>`;
  },
  writable: true,
  configurable: true,
});

let warned = false;
let warn = (): void => undefined;
/** What `new Buffer` and `Buffer()` say once. */
export function onDeprecatedBuffer(tell: () => void): void {
  warn = tell;
}

/** `Buffer` as the learner has it: the same, but calling it warns as Node does (DEP0005). */
export const LearnerBuffer = function Buffer(
  value: unknown,
  encoding?: unknown,
  length?: number,
): GuestBuffer {
  if (!warned) warn();
  warned = true;
  if (typeof value === 'number' && typeof encoding !== 'string') return LearnerBuffer.alloc(value);
  return LearnerBuffer.from(value, encoding, length);
} as unknown as BufferClass;
Object.setPrototypeOf(LearnerBuffer, Uint8Array);
const {
  prototype: _own,
  name: _name,
  length: _length,
  ...statics
} = Object.getOwnPropertyDescriptors(Buffer);
Object.defineProperties(LearnerBuffer, statics as PropertyDescriptorMap);
Object.defineProperty(LearnerBuffer, 'prototype', { value: Buffer.prototype });
// Derived arrays (`map`, `filter`) are made by the engine, which must not warn.
Object.defineProperty(LearnerBuffer, Symbol.species, { get: () => Buffer });
Object.defineProperty(Buffer.prototype, 'constructor', {
  value: LearnerBuffer,
  writable: true,
  configurable: true,
  enumerable: false,
});
