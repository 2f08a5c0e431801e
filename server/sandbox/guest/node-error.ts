/** Node's own errors: the code, the message and the class a learner would meet (lib/internal/errors.js). */
type ErrorClass = new (message: string) => Error;

interface CodedError extends Error {
  code: string;
}

function make(Base: ErrorClass, code: string, message: string, above: unknown): CodedError {
  const error = new Base(message) as CodedError;
  error.code = code;
  // Node shows the code in the stack's head and `error.toString()`, not in `error.name`.
  Object.defineProperty(error, 'toString', {
    value: () => `${error.name} [${code}]: ${error.message}`,
    enumerable: false,
    writable: true,
    configurable: true,
  });
  Error.captureStackTrace(error, above);
  return error;
}

export const nodeError = (code: string, message: string): CodedError => make(Error, code, message, nodeError);
export const nodeTypeError = (code: string, message: string): CodedError =>
  make(TypeError, code, message, nodeTypeError);
export const nodeRangeError = (code: string, message: string): CodedError =>
  make(RangeError, code, message, nodeRangeError);

/** `The "chunk" argument must be of type string or an instance of Buffer. Received type number (1)` */
export function invalidArgument(name: string, expected: string, value: unknown): CodedError {
  const what = name.includes('.') ? 'property' : 'argument';
  const subject = name.endsWith(' argument') ? `The ${name}` : `The "${name}" ${what}`;
  return make(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    `${subject} must be ${expected}. Received ${received(value)}`,
    invalidArgument,
  );
}

export function invalidValue(name: string, value: unknown, reason: string): CodedError {
  return make(
    TypeError,
    'ERR_INVALID_ARG_VALUE',
    `The argument '${name}' ${reason}. Received ${short(value)}`,
    invalidValue,
  );
}

export function outOfRange(name: string, range: string, value: unknown): CodedError {
  return make(
    RangeError,
    'ERR_OUT_OF_RANGE',
    `The value of "${name}" is out of range. It must be ${range}. Received ${short(value)}`,
    outOfRange,
  );
}

/** Node's determineSpecificType. */
function received(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') {
    const name = (value as { constructor?: { name?: string } }).constructor?.name;
    return name ? `an instance of ${name}` : 'an object';
  }
  return `type ${typeof value} (${short(value)})`;
}

function short(value: unknown): string {
  if (typeof value === 'string') return value.length > 28 ? `'${value.slice(0, 25)}...'` : `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  try {
    return typeof value === 'object' && value !== null ? (JSON.stringify(value) ?? 'Object') : String(value);
  } catch {
    return 'Object';
  }
}

/** An error of the operating system as Node words it: `listen EADDRINUSE: address already in use :::80`. */
export function systemError(code: string, syscall: string, message: string, extra: object): CodedError {
  const error = new Error(message) as CodedError;
  Error.captureStackTrace(error, systemError);
  return Object.assign(error, { errno: ERRNO[code] ?? -1, code, syscall }, extra);
}

/** Linux numbers, as libuv reports them. */
const ERRNO: Record<string, number> = {
  ENOENT: -2,
  EACCES: -13,
  EEXIST: -17,
  ENOTDIR: -20,
  EISDIR: -21,
  EPIPE: -32,
  EADDRINUSE: -98,
  EADDRNOTAVAIL: -99,
  ECONNRESET: -104,
  ECONNREFUSED: -111,
};
