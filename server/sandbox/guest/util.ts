/** `util`: the functions that server programs use. */
import { EventEmitter } from './events.ts';
import { format, inspect } from './inspect.ts';
import { invalidArgument } from './node-error.ts';
import { TextDecoder, TextEncoder } from './text-coding.ts';
import { process } from './process.ts';

type AnyFunction = (...args: unknown[]) => unknown;

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

export function promisify(original: unknown): AnyFunction {
  if (typeof original !== 'function') throw invalidArgument('original', 'of type function', original);
  const own = (original as unknown as Record<symbol, unknown>)[customPromisify];
  if (typeof own === 'function') return own as AnyFunction;
  return function (this: unknown, ...args) {
    return new Promise((resolve, reject) => {
      const done = (error: unknown, value: unknown): void =>
        error ? reject(error as Error) : resolve(value);
      Reflect.apply(original as AnyFunction, this, [...args, done]);
    });
  };
}
promisify.custom = customPromisify;

export function callbackify(original: (...args: unknown[]) => Promise<unknown>): AnyFunction {
  return function (this: unknown, ...args) {
    const callback = args.pop() as AnyFunction;
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(callback as () => void, null, value),
      (error: unknown) =>
        process.nextTick(
          callback as () => void,
          error ?? new Error('Promise was rejected with a falsy value'),
        ),
    );
  };
}

export function inherits(
  constructor: { prototype: object; super_?: unknown },
  parent: { prototype: object },
): void {
  constructor.super_ = parent;
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

export function deprecate<T extends AnyFunction>(original: T, message: string, code?: string): T {
  let warned = false;
  return function (this: unknown, ...args: unknown[]) {
    if (!warned) process.emitWarning(`DeprecationWarning: ${message}${code ? ` (${code})` : ''}`);
    warned = true;
    return Reflect.apply(original, this, args);
  } as T;
}

export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date) return a.getTime() === (b as Date).getTime();
  if (a instanceof Map || a instanceof Set) return isDeepStrictEqual([...a], [...(b as Set<unknown>)]);
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        isDeepStrictEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

const brand = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
export const types = {
  isPromise: (value: unknown): boolean => value instanceof Promise,
  isDate: (value: unknown): boolean => value instanceof Date,
  isRegExp: (value: unknown): boolean => value instanceof RegExp,
  isMap: (value: unknown): boolean => value instanceof Map,
  isSet: (value: unknown): boolean => value instanceof Set,
  isNativeError: (value: unknown): boolean => value instanceof Error,
  isUint8Array: (value: unknown): boolean => value instanceof Uint8Array,
  isTypedArray: (value: unknown): boolean => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isArrayBuffer: (value: unknown): boolean => value instanceof ArrayBuffer,
  isAnyArrayBuffer: (value: unknown): boolean =>
    value instanceof ArrayBuffer || value instanceof SharedArrayBuffer,
  isArrayBufferView: (value: unknown): boolean => ArrayBuffer.isView(value),
  isGeneratorFunction: (value: unknown): boolean => brand(value) === 'GeneratorFunction',
  isAsyncFunction: (value: unknown): boolean => brand(value) === 'AsyncFunction',
};

export const isArray = Array.isArray;
export const stripVTControlCharacters = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- the escape character begins such a sequence
  text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
export const toUSVString = (text: unknown): string => String(text).toWellFormed();
export function debuglog(): AnyFunction {
  return () => undefined;
}
export { EventEmitter, format, inspect, TextDecoder, TextEncoder };
