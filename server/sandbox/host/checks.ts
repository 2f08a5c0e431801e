/**
 * Reads what a guest hands over: nothing that leaves this file is deeper, longer or of another kind than the
 * protocol says (SPEC.md S6).
 *
 * In: JSON of a turn's calls. Out: calls whose events, positions, names and errors can be passed on.
 * Ids, heads and bodies are looked up or checked where they are used: node:http has the rules for them.
 */
import { CONSOLE_BOUNDS, type ConsoleLevel, type ConsoleValue } from '../../console/protocol.ts';
import { ERRORS, type ErrorCode, type ReportedError, type SourcePosition } from '../../errors/protocol.ts';
import type { GuestCalls } from '../protocol.ts';

type Fields = Record<string, unknown>;

/** Longest name of a mark, a file or a function; longer ones are cut. */
const NAME_LENGTH = 500;
/** Positions of one error. */
const STACK = 50;
const PARAMS = 10;
/** node's timers take no more. */
const LONGEST_MS = 2 ** 31 - 1;
/** What the freezer may go beyond its bounds by: the node and the level it stops at. */
const SLACK = 2;

const LEVELS: readonly ConsoleLevel[] = ['log', 'info', 'warn', 'error', 'debug'];
const TIMERS = ['timeout', 'interval', 'immediate'];
const TREES = ['object', 'array', 'map', 'set'];
const LEAVES = [
  ...['string', 'number', 'bigint', 'boolean', 'undefined', 'null'],
  ...['symbol', 'function', 'error', 'date', 'regexp'],
];

/** @throws TypeError (or SyntaxError) when the guest speaks nonsense. */
export function readCalls(text: string): GuestCalls {
  const calls: unknown = JSON.parse(text);
  if (!Array.isArray(calls)) throw new TypeError('The guest handed over no list of calls.');
  for (const call of calls as unknown[]) if (!Array.isArray(call)) checkCall(fields(call));
  return calls as GuestCalls;
}

function checkCall(call: Fields): void {
  if ('at' in call && !Number.isFinite(call.at))
    throw new TypeError('The guest told an event without a time.');
  if ('position' in call) call.position = position(call.position);
  if ('call' in call) {
    const { name, position: at } = fields(call.call);
    call.call = { name: cut(name), position: position(at) };
  }
  switch (call.op) {
    case 'console':
      call.level = oneOf(LEVELS, call.level);
      call.values = consoleValues(call.values);
      break;
    case 'mark':
    case 'site':
      call.name = cut(call.name);
      break;
    case 'timer':
      call.kind = oneOf(TIMERS, call.kind);
      break;
    case 'thrown':
      call.error = reportedError(call.error);
      break;
    case 'listen':
      if (!isWithin(call.port, 65_535)) throw new TypeError('The guest named no port.');
      break;
    case 'upgrading':
      call.method = cut(call.method);
      call.target = cut(call.target, CONSOLE_BOUNDS.textLength);
      call.kind = oneOf(['upgrade', 'connect'], call.kind);
      call.head = isWithin(call.head, Number.MAX_SAFE_INTEGER) ? call.head : 0;
      break;
    case 'connect':
    case 'clientRequest':
      if (!isWithin(call.port, 65_535)) throw new TypeError('The guest named no port.');
      call.host = cut(call.host);
      break;
    case 'serverOption':
      // Read by node:http long after: what it cannot use would throw where no guest is to blame.
      if (typeof call.value === 'number' && !isWithin(call.value, LONGEST_MS)) call.value = 0;
      if (!['number', 'boolean'].includes(typeof call.value) && call.value !== null)
        throw new TypeError('The guest set a server option to no number.');
      break;
  }
}

function consoleValues(values: unknown): ConsoleValue[] {
  if (!Array.isArray(values)) throw new TypeError('The guest printed no values.');
  const walk = { left: CONSOLE_BOUNDS.nodes * SLACK + values.length };
  if (walk.left > CONSOLE_BOUNDS.nodes * (SLACK + 100)) throw new TypeError('The guest printed too much.');
  return values.map((value) => consoleValue(value, walk, CONSOLE_BOUNDS.depth + SLACK));
}

function consoleValue(value: unknown, walk: { left: number }, depth: number): ConsoleValue {
  walk.left -= 1;
  if (walk.left < 0 || depth < 0) throw new TypeError('The guest printed too much.');
  const { kind, text, entries, more, circular } = fields(value);
  if (entries === undefined)
    return { kind: oneOf(LEAVES, kind), text: cut(text, CONSOLE_BOUNDS.textLength) } as ConsoleValue;
  if (!Array.isArray(entries) || entries.length > CONSOLE_BOUNDS.entries + SLACK)
    throw new TypeError('The guest printed too much.');
  return {
    kind: oneOf(TREES, kind),
    text: cut(text, CONSOLE_BOUNDS.textLength),
    entries: entries.map((entry: unknown) => {
      if (!Array.isArray(entry)) throw new TypeError('The guest printed no values.');
      const [key, member] = entry as unknown[];
      return [cut(key, CONSOLE_BOUNDS.textLength), consoleValue(member, walk, depth - 1)];
    }),
    more: typeof more === 'number' && more > 0 ? more : 0,
    ...(circular === true ? { circular } : {}),
  } as ConsoleValue;
}

function reportedError(error: unknown): ReportedError {
  const { code, message, params, at, stack, excerpt } = fields(error);
  if (typeof code !== 'string' || !Object.hasOwn(ERRORS, code))
    throw new TypeError('The guest told no error.');
  const checked: ReportedError = {
    code: code as ErrorCode,
    message: cut(message, CONSOLE_BOUNDS.textLength),
  };
  if (params !== undefined) checked.params = parameters(fields(params));
  if (at !== undefined) checked.at = position(at)!;
  if (Array.isArray(stack))
    checked.stack = stack.slice(0, STACK).map((place) => position(place) ?? { file: '', line: 1, column: 1 });
  if (excerpt !== undefined) checked.excerpt = cut(excerpt, CONSOLE_BOUNDS.textLength);
  return checked;
}

function parameters(params: Fields): Record<string, string | number> {
  const list = Object.entries(params).slice(0, PARAMS);
  return Object.fromEntries(
    list.map(([name, value]) => [cut(name), typeof value === 'number' ? value : cut(value)]),
  );
}

/** `undefined` where the guest knows none. */
function position(value: unknown): SourcePosition | undefined {
  if (value === undefined || value === null) return undefined;
  const { file, line, column } = fields(value);
  if (!Number.isSafeInteger(line) || !Number.isSafeInteger(column))
    throw new TypeError('The guest named no place.');
  return { file: cut(file), line: line as number, column: column as number };
}

function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null)
    throw new TypeError('The guest made a call that does not exist.');
  return value as Fields;
}

function oneOf<T>(known: readonly T[], value: unknown): T {
  if (!known.includes(value as T)) throw new TypeError('The guest told a kind that does not exist.');
  return value as T;
}

function cut(text: unknown, length = NAME_LENGTH): string {
  if (typeof text !== 'string') throw new TypeError('The guest told something that is no text.');
  return text.length > length + 1 ? `${text.slice(0, length)}…` : text;
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && value >= 0 && value <= most;
}
