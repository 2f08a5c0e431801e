/** `structuredClone` for plain data, dates, expressions, maps, sets, errors, buffers and typed arrays. */
import { DOMException } from './abort.ts';

export function structuredClone(value: unknown): unknown {
  return clone(value, new Map());
}

function clone(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw notCloneable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (known.has(value)) return known.get(value);
  const keep = <T>(copy: T): T => {
    known.set(value, copy);
    return copy;
  };
  if (value instanceof Date) return keep(new Date(value.getTime()));
  if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
  if (value instanceof ArrayBuffer) return keep(value.slice(0));
  if (ArrayBuffer.isView(value)) return keep(cloneView(value as Uint8Array));
  if (value instanceof Map) {
    const copy = keep(new Map<unknown, unknown>());
    for (const [key, member] of value) copy.set(clone(key, known), clone(member, known));
    return copy;
  }
  if (value instanceof Set) {
    const copy = keep(new Set<unknown>());
    for (const member of value) copy.add(clone(member, known));
    return copy;
  }
  if (value instanceof Error) return keep(cloneError(value));
  if (value instanceof Promise || value instanceof WeakMap) throw notCloneable(value);
  const copy = keep<Record<string, unknown> | unknown[]>(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value))
    (copy as Record<string, unknown>)[key] = clone((value as Record<string, unknown>)[key], known);
  return copy;
}

function cloneView(view: Uint8Array): unknown {
  const Kind = view.constructor as unknown as {
    new (buffer: ArrayBufferLike, offset?: number, length?: number): unknown;
    name: string;
  };
  const buffer = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  return Kind.name === 'Buffer' ? new Uint8Array(buffer) : new Kind(buffer);
}

function notCloneable(value: unknown): Error {
  const text =
    value instanceof Promise ? '#<Promise>' : value instanceof WeakMap ? '#<WeakMap>' : String(value);
  return new DOMException(`${text} could not be cloned.`, 'DataCloneError');
}

const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
/** One of the language's own kinds, as the standard asks. */
function cloneError(value: Error): Error {
  const Kind = Object.hasOwn(ERRORS, value.name) ? ERRORS[value.name as keyof typeof ERRORS] : Error;
  const copy = new Kind(value.message);
  Object.defineProperty(copy, 'stack', { value: value.stack, writable: true, configurable: true });
  return copy;
}
