/** `util`: the functions that server programs use. */
import { EventEmitter } from './events.ts';
import { format, formatWithOptions, inspect } from './inspect.ts';
import { part } from './on-demand.ts';
import { invalidArgument, invalidValue, nodeError } from './node-error.ts';
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
  if (typeof original !== 'function') throw invalidArgument('original', 'of type function', original);
  return function (this: unknown, ...args) {
    const callback = args.pop() as AnyFunction;
    if (typeof callback !== 'function') throw invalidArgument('last argument', 'of type function', callback);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(callback as () => void, null, value),
      (error: unknown) => process.nextTick(callback as () => void, error || falsyRejection(error)),
    );
  };
}

const falsyRejection = (reason: unknown): Error =>
  Object.assign(nodeError('ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'), { reason });

export function inherits(
  constructor: { prototype: object; super_?: unknown },
  parent: { prototype: object },
): void {
  constructor.super_ = parent;
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

/** Codes already warned of: one warning each, as in Node. */
const warnedCodes = new Set<string>();
export function deprecate<T extends AnyFunction>(original: T, message: string, code?: string): T {
  let warned = false;
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    if (!warned) {
      warned = true;
      if (code === undefined || !warnedCodes.has(code)) {
        process.emitWarning(message, 'DeprecationWarning', code);
        if (code !== undefined) warnedCodes.add(code);
      }
    }
    return new.target ? Reflect.construct(original, args, new.target) : Reflect.apply(original, this, args);
  };
  Object.setPrototypeOf(wrapper, original);
  if (original.prototype !== undefined) wrapper.prototype = original.prototype;
  return wrapper as unknown as T;
}

export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return (part('assert').isDeepEqual as (a: unknown, b: unknown, strict: boolean) => boolean)(a, b, true);
}

const brand = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
const isA =
  (...names: string[]) =>
  (value: unknown): boolean =>
    typeof value === 'object' && value !== null && names.includes(brand(value));
const typedArray =
  (name: string) =>
  (value: unknown): boolean =>
    ArrayBuffer.isView(value) && (value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] === name;
const functionOf =
  (...names: string[]) =>
  (value: unknown): boolean =>
    typeof value === 'function' && names.includes(brand(value));

export const types = {
  isAnyArrayBuffer: (value: unknown): boolean =>
    value instanceof ArrayBuffer || value instanceof SharedArrayBuffer,
  isArgumentsObject: isA('Arguments'),
  isArrayBuffer: (value: unknown): boolean => value instanceof ArrayBuffer,
  isArrayBufferView: (value: unknown): boolean => ArrayBuffer.isView(value),
  isAsyncFunction: functionOf('AsyncFunction', 'AsyncGeneratorFunction'),
  isBigInt64Array: typedArray('BigInt64Array'),
  isBigUint64Array: typedArray('BigUint64Array'),
  isBooleanObject: isA('Boolean'),
  isBoxedPrimitive: isA('Boolean', 'Number', 'String', 'Symbol', 'BigInt'),
  isDataView: (value: unknown): boolean => value instanceof DataView,
  isDate: (value: unknown): boolean => value instanceof Date,
  isExternal: (): boolean => false,
  isFloat32Array: typedArray('Float32Array'),
  isFloat64Array: typedArray('Float64Array'),
  isGeneratorFunction: functionOf('GeneratorFunction', 'AsyncGeneratorFunction'),
  isGeneratorObject: isA('Generator', 'AsyncGenerator'),
  isInt8Array: typedArray('Int8Array'),
  isInt16Array: typedArray('Int16Array'),
  isInt32Array: typedArray('Int32Array'),
  isMap: (value: unknown): boolean => value instanceof Map,
  isMapIterator: isA('Map Iterator'),
  isModuleNamespaceObject: isA('Module'),
  isNativeError: (value: unknown): boolean => value instanceof Error,
  isNumberObject: isA('Number'),
  isPromise: (value: unknown): boolean => value instanceof Promise,
  /** A proxy cannot be told here. */
  isProxy: (): boolean => false,
  isRegExp: (value: unknown): boolean => value instanceof RegExp,
  isSet: (value: unknown): boolean => value instanceof Set,
  isSetIterator: isA('Set Iterator'),
  isSharedArrayBuffer: (value: unknown): boolean => value instanceof SharedArrayBuffer,
  isStringObject: isA('String'),
  isSymbolObject: isA('Symbol'),
  isTypedArray: (value: unknown): boolean => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value: unknown): boolean => value instanceof Uint8Array,
  isUint8ClampedArray: typedArray('Uint8ClampedArray'),
  isUint16Array: typedArray('Uint16Array'),
  isUint32Array: typedArray('Uint32Array'),
  isWeakMap: (value: unknown): boolean => value instanceof WeakMap,
  isWeakSet: (value: unknown): boolean => value instanceof WeakSet,
};

export const isArray = Array.isArray;
export const stripVTControlCharacters = (text: string): string => {
  if (typeof text !== 'string') throw invalidArgument('str', 'of type string', text);
  // eslint-disable-next-line no-control-regex -- the escape character begins such a sequence
  return text.replace(/[\u001b\u009b][[()#;?]*(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]/g, '');
};
/** Text between the codes of a terminal's colours, which a lab is not. */
export function styleText(
  format: string | string[],
  text: string,
  { validateStream = true }: { validateStream?: boolean } = {},
): string {
  const colors = (inspect as unknown as { colors: Record<string, [number, number]> }).colors;
  let [open, close] = ['', ''];
  for (const name of Array.isArray(format) ? format : [format]) {
    const pair = colors[name];
    if (!pair)
      throw invalidValue(
        'format',
        name,
        `must be one of: ${Object.keys(colors)
          .map((key) => `'${key}'`)
          .join(', ')}`,
      );
    open += `\u001b[${pair[0]}m`;
    close = `\u001b[${pair[1]}m${close}`;
  }
  // Node leaves colours out where the output is no terminal.
  return validateStream ? text : `${open}${text}${close}`;
}
export const toUSVString = (text: unknown): string => String(text).toWellFormed();
/** Nothing sets NODE_DEBUG unless the program does. */
export function debuglog(section: string): AnyFunction & { enabled: boolean } {
  const wanted = (process.env.NODE_DEBUG ?? '').toUpperCase().split(',');
  const enabled = wanted.includes(section.toUpperCase());
  const log = (...args: unknown[]): void => {
    if (enabled) process.stderr.write(`${section.toUpperCase()} 1: ${format(...args)}\n`);
  };
  return Object.assign(log, { enabled });
}
export { debuglog as debug, EventEmitter, format, formatWithOptions, inspect, TextDecoder, TextEncoder };
