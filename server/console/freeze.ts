/**
 * Turns whatever was printed into plain data, at once: later changes of the value do not show.
 *
 * In: any values. Out: `ConsoleValue` trees within `CONSOLE_BOUNDS`.
 * Knows nothing of Node or the DOM. Never throws: getters, proxies and `toString` of the learner
 * run inside `attempt`, and what fails is shown as such.
 */
import { CONSOLE_BOUNDS, type ConsoleObject, type ConsoleValue } from './protocol.ts';

interface Walk {
  nodes: number;
  /** Objects above the current one: an object met again inside itself is circular. */
  path: unknown[];
}

type Primitive = Exclude<ConsoleValue, ConsoleObject>;

/** Freezes the arguments of one `console.*` call; the bound on nodes holds for all of them together. */
export function freezeValues(values: unknown[]): ConsoleValue[] {
  const walk: Walk = { nodes: 0, path: [] };
  return Array.from(values, (value) => freeze(value, walk));
}

function freeze(value: unknown, walk: Walk): ConsoleValue {
  walk.nodes += 1;
  return freezePrimitive(value) ?? freezeObject(value as object, walk);
}

function freezePrimitive(value: unknown): Primitive | undefined {
  switch (typeof value) {
    case 'string':
      return { kind: 'string', text: cut(value) };
    case 'number':
      return { kind: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
    case 'bigint':
      return { kind: 'bigint', text: cut(`${value}n`) };
    case 'boolean':
      return { kind: 'boolean', text: String(value) };
    case 'undefined':
      return { kind: 'undefined', text: 'undefined' };
    case 'symbol':
      return { kind: 'symbol', text: cut(String(value)) };
    case 'function':
      return { kind: 'function', text: functionText(value) };
    default:
      return value === null ? { kind: 'null', text: 'null' } : undefined;
  }
}

function freezeObject(value: object, walk: Walk): ConsoleValue {
  const special = attempt(() => freezeSpecial(value), undefined);
  if (special) return special;
  const shape = attempt(() => describe(value), { kind: 'object', text: 'Object' } as const);
  if (walk.path.includes(value)) return { ...shape, entries: [], more: 0, circular: true };
  if (walk.path.length >= CONSOLE_BOUNDS.depth || walk.nodes >= CONSOLE_BOUNDS.nodes) {
    return { ...shape, entries: [], more: attempt(() => sizeOf(value), 0) };
  }
  walk.path.push(value);
  const entries: [string, ConsoleValue][] = [];
  let total = 0;
  attempt(() => {
    for (const [key, read] of membersOf(value)) {
      total += 1;
      if (entries.length >= CONSOLE_BOUNDS.entries || walk.nodes >= CONSOLE_BOUNDS.nodes) {
        total = Math.max(total, sizeOf(value));
        break;
      }
      entries.push([cut(key), readMember(read, walk)]);
    }
  }, undefined);
  walk.path.pop();
  return { ...shape, entries, more: Math.max(0, total - entries.length) };
}

/** Values with a text of their own. */
function freezeSpecial(value: object): Primitive | undefined {
  if (isError(value)) return { kind: 'error', text: cut(errorText(value)) };
  if (value instanceof Date) {
    const time = Date.prototype.getTime.call(value);
    return { kind: 'date', text: Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString() };
  }
  if (value instanceof RegExp) return { kind: 'regexp', text: cut(RegExp.prototype.toString.call(value)) };
  return undefined;
}

function describe(value: object): { kind: ConsoleObject['kind']; text: string } {
  if (value instanceof Map) return { kind: 'map', text: nameOf(value, 'Map') };
  if (value instanceof Set) return { kind: 'set', text: nameOf(value, 'Set') };
  if (Array.isArray(value) || isByteView(value)) return { kind: 'array', text: nameOf(value, 'Array') };
  return { kind: 'object', text: nameOf(value, 'Object') };
}

/** The constructor's name; an object without prototype is told as Node does. */
function nameOf(value: object, fallback: string): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return `[${fallback}: null prototype]`;
  const constructor: unknown = (prototype as { constructor?: unknown }).constructor;
  const name: unknown = typeof constructor === 'function' ? constructor.name : undefined;
  return typeof name === 'string' && name !== '' ? cut(name) : fallback;
}

/** How many members there are, without reading one. */
function sizeOf(value: object): number {
  if (value instanceof Map || value instanceof Set) return value.size;
  if (Array.isArray(value)) return value.length;
  if (isByteView(value)) return value.length;
  return Object.keys(value).length;
}

function* membersOf(value: object): Iterable<[string, () => unknown]> {
  if (value instanceof Map) {
    for (const [key, entry] of Map.prototype.entries.call(value)) yield [keyText(key), () => entry];
  } else if (value instanceof Set) {
    let index = 0;
    for (const entry of Set.prototype.values.call(value)) yield [String(index++), () => entry];
  } else if (Array.isArray(value) || isByteView(value)) {
    const list = value as ArrayLike<unknown>;
    for (let index = 0; index < list.length; index++) yield [String(index), () => list[index]];
  } else {
    // Platform objects without own members show their text; both ends have their own class of them.
    if (isUrlLike(value)) yield ['href', () => String(value)];
    for (const key of Object.keys(value)) yield [key, () => readProperty(value, key)];
  }
}

/** Accessors are told, not called: a getter of the learner may throw, loop or change something. */
function readProperty(value: object, key: string): unknown {
  const property = Object.getOwnPropertyDescriptor(value, key);
  if (property?.get) return new Accessor(property.set ? '[Getter/Setter]' : '[Getter]');
  return property ? property.value : (value as Record<string, unknown>)[key];
}

/** Recognised by its private member, which asks a proxy nothing. */
class Accessor {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  static textOf(value: unknown): string | undefined {
    return typeof value === 'object' && value !== null && #text in value ? value.#text : undefined;
  }
}

function readMember(read: () => unknown, walk: Walk): ConsoleValue {
  return attempt(
    () => {
      const member = read();
      const accessor = Accessor.textOf(member);
      return accessor === undefined ? freeze(member, walk) : { kind: 'symbol', text: accessor };
    },
    { kind: 'error', text: '[cannot be read]' },
  );
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  return freezePrimitive(key)?.text ?? attempt(() => nameOf(key as object, 'Object'), 'Object');
}

function functionText(value: unknown): string {
  const name = attempt(() => {
    const own: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
    return typeof own === 'string' ? own : '';
  }, '');
  const kind = attempt(() => Function.prototype.toString.call(value).startsWith('class'), false)
    ? 'class'
    : 'Function';
  return name === '' ? `[${kind} (anonymous)]` : cut(`[${kind}${kind === 'class' ? ' ' : ': '}${name}]`);
}

function isError(value: object): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/** `Name: message`, then the frames, as engines print them; V8's stack repeats the head. */
function errorText(error: Error): string {
  const head = attempt(() => Error.prototype.toString.call(error), 'Error');
  const stack: unknown = error.stack;
  if (typeof stack !== 'string' || stack.trim() === '') return head;
  const frames = stack.split('\n').filter((line) => /^\s*at |@/.test(line));
  return [head, ...frames].join('\n');
}

function isUrlLike(value: object): boolean {
  const brand = Object.prototype.toString.call(value);
  return brand === '[object URL]' || brand === '[object URLSearchParams]';
}

function isByteView(value: object): value is Uint8Array {
  return ArrayBuffer.isView(value) && 'length' in value;
}

function cut(text: string): string {
  return text.length > CONSOLE_BOUNDS.textLength ? `${text.slice(0, CONSOLE_BOUNDS.textLength)}…` : text;
}

function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
