/** `assert`: Node's checks and the messages a learner reads when one fails. */
import { inspect } from '../inspect.ts';
import { invalidArgument } from '../node-error.ts';
import { argumentText } from './assertions/source.ts';
import { isDeepEqual } from './assertions/deep-equal.ts';
import { difference, operatorText } from './assertions/message.ts';

export { isDeepEqual };

interface Details {
  message?: string | Error;
  actual?: unknown;
  expected?: unknown;
  operator?: string;
  generated?: boolean;
  above?: unknown;
}

export class AssertionError extends Error {
  readonly generatedMessage: boolean;
  readonly code = 'ERR_ASSERTION';
  readonly actual: unknown;
  readonly expected: unknown;
  readonly operator: string | undefined;
  constructor(options: {
    message?: string;
    actual?: unknown;
    expected?: unknown;
    operator?: string;
    stackStartFn?: unknown;
  }) {
    if (typeof options !== 'object' || options === null)
      throw invalidArgument('options', 'of type object', options);
    const { message, actual, expected, operator, stackStartFn } = options;
    super(message ?? generatedText(actual, expected, operator));
    this.name = 'AssertionError';
    this.generatedMessage = message === undefined;
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    Error.captureStackTrace(this, stackStartFn ?? AssertionError);
    this.stack = this.stack?.replace('AssertionError:', 'AssertionError [ERR_ASSERTION]:');
  }
  override toString(): string {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}
Object.defineProperty(AssertionError.prototype, 'name', {
  value: 'AssertionError',
  writable: true,
  configurable: true,
});

function generatedText(actual: unknown, expected: unknown, operator: string | undefined): string {
  if (operator === undefined) return 'Failed';
  if (operator === 'deepStrictEqual' || operator === 'strictEqual')
    return difference(actual, expected, operator);
  return operatorText(actual, expected, operator);
}

function fail(details: Details): never {
  const { message, actual, expected, operator, above } = details;
  if (message instanceof Error) throw message;
  throw Object.assign(new AssertionError({ message, actual, expected, operator, stackStartFn: above }), {
    generatedMessage: details.generated ?? message === undefined,
  });
}

type Message = string | Error;
type Check = (actual: unknown, expected: unknown, message?: Message) => void;

function check(operator: string, holds: (a: unknown, b: unknown) => boolean): Check {
  const method = (...args: [unknown, unknown, Message?]): void => {
    if (args.length < 2)
      throw Object.assign(new TypeError('The "actual" and "expected" arguments must be specified'), {
        code: 'ERR_MISSING_ARGS',
      });
    const [actual, expected, message] = args;
    if (!holds(actual, expected)) fail({ actual, expected, message, operator, above: method });
  };
  Object.defineProperty(method, 'name', { value: operator });
  return method;
}

function ok(...args: [unknown?, Message?]): void {
  const [value, message] = args;
  if (value) return;
  let text = message;
  if (args.length === 0) text = 'No value argument passed to `assert.ok()`';
  else if (message === undefined) text = argumentText(ok) ?? 'The expression evaluated to a falsy value';
  fail({
    actual: value,
    expected: true,
    message: text,
    operator: '==',
    generated: message === undefined,
    above: ok,
  });
}

const loose = (a: unknown, b: unknown): boolean => a == b || (Number.isNaN(a) && Number.isNaN(b));

const equal = check('==', loose);
const notEqual = check('!=', (a, b) => !loose(a, b));
const strictEqual = check('strictEqual', Object.is);
const notStrictEqual = check('notStrictEqual', (a, b) => !Object.is(a, b));
const deepEqual = check('deepEqual', (a, b) => isDeepEqual(a, b, false));
const notDeepEqual = check('notDeepEqual', (a, b) => !isDeepEqual(a, b, false));
const deepStrictEqual = check('deepStrictEqual', (a, b) => isDeepEqual(a, b, true));
const notDeepStrictEqual = check('notDeepStrictEqual', (a, b) => !isDeepEqual(a, b, true));

type Expected = RegExp | ((error: unknown) => unknown) | Record<string, unknown> | Error;

/** Throws unless the error is what was expected. */
function checkError(
  error: unknown,
  expected: Expected | undefined,
  message: Message | undefined,
  operator: string,
): void {
  if (expected === undefined) return;
  const refuse = (text: string): never =>
    fail({ message: message ?? text, actual: error, expected, operator, generated: message === undefined });
  if (expected instanceof RegExp) {
    if (expected.test(String(error))) return;
    refuse(
      `The input did not match the regular expression ${String(expected)}. Input:\n\n${inspect(String(error))}\n`,
    );
  }
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof (expected as unknown as new () => object))
      return;
    if (Object.prototype.isPrototypeOf.call(Error, expected)) {
      refuse(
        `The error is expected to be an instance of "${expected.name}". Received "${(error as Error | null)?.constructor.name}"\n\nError message:\n\n${(error as Error).message}`,
      );
    }
    if (Reflect.apply(expected, {}, [error]) === true) return;
    refuse(
      `The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true". Received false\n\nCaught error:\n\n${String(error)}`,
    );
  }
  const wanted = expected as Record<string, unknown>;
  const keys = [...Object.keys(wanted), ...(expected instanceof Error ? ['name', 'message'] : [])];
  for (const key of keys) {
    const value = (error as Record<string, unknown>)[key];
    const matches =
      wanted[key] instanceof RegExp && typeof value === 'string'
        ? wanted[key].test(value)
        : isDeepEqual(value, wanted[key], true);
    if (matches) continue;
    const shown = Object.fromEntries(keys.map((name) => [name, (error as Record<string, unknown>)[name]]));
    const hoped = Object.fromEntries(keys.map((name) => [name, wanted[name]]));
    refuse(difference(shown, hoped, 'deepStrictEqual'));
  }
}

const missing = (kind: string, expected: Expected | undefined, message: Message | undefined): string => {
  const name = typeof expected === 'function' && expected.name ? ` (${expected.name})` : '';
  return `Missing expected ${kind}${name}${typeof message === 'string' ? `: ${message}` : '.'}`;
};
const sorted = (expected: unknown, message?: Message): [Expected | undefined, Message | undefined] =>
  typeof expected === 'string' ? [undefined, expected] : [expected as Expected | undefined, message];

function throws(work: () => unknown, ...rest: [unknown?, Message?]): void {
  if (typeof work !== 'function') throw invalidArgument('fn', 'of type function', work);
  const [expected, message] = sorted(...rest);
  try {
    work();
  } catch (error) {
    return checkError(error, expected, message, 'throws');
  }
  fail({ message: missing('exception', expected, message), expected, operator: 'throws', above: throws });
}
async function rejects(
  work: Promise<unknown> | (() => Promise<unknown>),
  ...rest: [unknown?, Message?]
): Promise<void> {
  const [expected, message] = sorted(...rest);
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return checkError(error, expected, message, 'rejects');
  }
  fail({ message: missing('rejection', expected, message), expected, operator: 'rejects', above: rejects });
}
const unwanted = (kind: string, error: unknown, message: unknown, operator: string): never =>
  fail({
    message: `Got unwanted ${kind}${typeof message === 'string' ? `: ${message}` : '.'}\nActual message: "${(error as Error | null)?.message}"`,
    actual: error,
    operator,
  });
function doesNotThrow(work: () => unknown, message?: unknown): void {
  try {
    work();
  } catch (error) {
    unwanted('exception', error, message, 'doesNotThrow');
  }
}
async function doesNotReject(
  work: Promise<unknown> | (() => Promise<unknown>),
  message?: unknown,
): Promise<void> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    unwanted('rejection', error, message, 'doesNotReject');
  }
}
function match(text: unknown, pattern: RegExp, message?: Message): void {
  if (!(pattern instanceof RegExp)) throw invalidArgument('regexp', 'an instance of RegExp', pattern);
  if (typeof text === 'string' && pattern.test(text)) return;
  const said =
    typeof text === 'string'
      ? `The input did not match the regular expression ${String(pattern)}. Input:\n\n${inspect(text)}\n`
      : `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`;
  fail({
    message: message ?? said,
    actual: text,
    expected: pattern,
    operator: 'match',
    generated: message === undefined,
    above: match,
  });
}
function doesNotMatch(text: unknown, pattern: RegExp, message?: Message): void {
  if (typeof text !== 'string' || !pattern.test(text)) return;
  fail({
    message:
      message ??
      `The input was expected to not match the regular expression ${String(pattern)}. Input:\n\n${inspect(text)}\n`,
    actual: text,
    expected: pattern,
    operator: 'doesNotMatch',
    generated: message === undefined,
    above: doesNotMatch,
  });
}
function ifError(value: unknown): void {
  if (value === null || value === undefined) return;
  const text = value instanceof Error ? value.message || value.constructor.name : inspect(value);
  fail({
    message: `ifError got unwanted exception: ${text}`,
    actual: value,
    expected: null,
    operator: 'ifError',
    generated: false,
    above: ifError,
  });
}
function failNow(message: Message = 'Failed'): never {
  return fail({ message, operator: 'fail', generated: message === 'Failed', above: failNow });
}
Object.defineProperty(failNow, 'name', { value: 'fail' });

const shared = {
  AssertionError,
  ok,
  throws,
  rejects,
  doesNotThrow,
  doesNotReject,
  match,
  doesNotMatch,
  ifError,
  fail: failNow,
  strictEqual,
  notStrictEqual,
  deepStrictEqual,
  notDeepStrictEqual,
};
/** `assert(value)` is `assert.ok(value)`, and `assert` carries the rest. */
function face(members: object): (...args: [unknown?, Message?]) => void {
  const assert = (...args: [unknown?, Message?]): void => {
    if (args[0]) return;
    const text =
      args[1] ??
      (args.length === 0 ? 'No value argument passed to `assert.ok()`' : argumentText(assert)) ??
      'The expression evaluated to a falsy value';
    fail({
      actual: args[0],
      expected: true,
      message: text,
      operator: '==',
      generated: args[1] === undefined,
      above: assert,
    });
  };
  return Object.assign(assert, shared, members);
}
const strict = face({
  equal: strictEqual,
  notEqual: notStrictEqual,
  deepEqual: deepStrictEqual,
  notDeepEqual: notDeepStrictEqual,
});
Object.assign(strict, { strict });
export const assert = Object.assign(face({ equal, notEqual, deepEqual, notDeepEqual }), { strict });
