/** `util.inspect`: Node's text of any value, measured against Node by `tests/compliance`. */
import { arrange, type Settings } from './layout/arrange.ts';
import { classText, constructorOf, keyText, prefixOf, quoted, tagOf } from './layout/names.ts';

const custom = Symbol.for('nodejs.util.inspect.custom');

export interface InspectOptions {
  depth?: number | null;
  colors?: boolean;
  compact?: number | boolean;
  breakLength?: number;
  maxArrayLength?: number | null;
  showHidden?: boolean;
  customInspect?: boolean;
  showProxy?: boolean;
  maxStringLength?: number | null;
  sorted?: boolean | ((a: string, b: string) => number);
  getters?: boolean | 'get' | 'set';
  numericSeparator?: boolean;
  stylize?: (text: string, style: string) => string;
}

export const defaultOptions: InspectOptions = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 128,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

export const colors: Record<string, [number, number]> = {
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  inverse: [7, 27],
  strikethrough: [9, 29],
  black: [30, 39],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  white: [37, 39],
  gray: [90, 39],
  grey: [90, 39],
  bgRed: [41, 49],
  bgGreen: [42, 49],
  bgYellow: [43, 49],
  bgBlue: [44, 49],
};
export const styles: Record<string, string> = {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
};

function coloured(text: string, style: string): string {
  const pair = colors[styles[style] ?? ''];
  return pair ? `\u001b[${pair[0]}m${text}\u001b[${pair[1]}m` : text;
}

/** One call of `inspect`. */
interface Walk extends Settings, Omit<InspectOptions, keyof Settings> {
  stylize: (text: string, style: string) => string;
  /** Objects above the current one. */
  path: object[];
  /** Numbers of those that are met again inside themselves. */
  circles: Map<object, number>;
  given: object;
}

export function inspect(
  value: unknown,
  options?: InspectOptions | boolean,
  depth?: number,
  colour?: boolean,
): string {
  const given: InspectOptions =
    typeof options === 'object' && options !== null
      ? options
      : {
          ...(options === undefined ? {} : { showHidden: Boolean(options) }),
          ...(depth === undefined ? {} : { depth }),
          ...(colour === undefined ? {} : { colors: colour }),
        };
  const walk = {
    ...defaultOptions,
    breakLength: 80,
    ...given,
    indentation: 0,
    deepest: 0,
    path: [],
    circles: new Map<object, number>(),
    given,
  } as unknown as Walk;
  walk.stylize = given.stylize ?? (walk.colors ? coloured : (text) => text);
  walk.maxArrayLength ??= Infinity;
  walk.maxStringLength ??= Infinity;
  return show(walk, value, 0);
}
inspect.custom = custom;

function show(walk: Walk, value: unknown, level: number): string {
  if (value === null) return walk.stylize('null', 'null');
  if (typeof value !== 'object' && typeof value !== 'function') return primitive(walk, value);
  const own = walk.customInspect ? (value as Record<symbol, unknown>)[custom] : undefined;
  if (typeof own === 'function' && own !== inspect && !isPrototype(value)) {
    const depth = walk.depth === null ? null : walk.depth - level;
    const { path: _path, circles: _circles, given, indentation: _in, deepest: _deep, ...settings } = walk;
    const result: unknown = Reflect.apply(own, value, [depth, { ...settings, ...given, depth }, inspect]);
    if (result !== value) {
      if (typeof result !== 'string') return show(walk, result, level);
      return result.replaceAll('\n', `\n${' '.repeat(walk.indentation)}`);
    }
  }
  if (walk.path.includes(value)) {
    const number = walk.circles.get(value) ?? walk.circles.size + 1;
    walk.circles.set(value, number);
    return walk.stylize(`[Circular *${number}]`, 'special');
  }
  return object(walk, value, level);
}

function isPrototype(value: object): boolean {
  return (value as { constructor?: { prototype?: unknown } }).constructor?.prototype === value;
}

function primitive(walk: Walk, value: unknown): string {
  switch (typeof value) {
    case 'string':
      return text(walk, value);
    case 'number':
      return walk.stylize(numberText(value, walk), 'number');
    case 'bigint':
      return walk.stylize(`${value}n`, 'bigint');
    case 'symbol':
      return walk.stylize(String(value), 'symbol');
    default:
      return walk.stylize(String(value), value === undefined ? 'undefined' : 'boolean');
  }
}

function numberText(value: number, walk: Walk): string {
  if (Object.is(value, -0)) return '-0';
  return walk.numericSeparator && Number.isInteger(value)
    ? String(value).replace(/\B(?=(\d{3})+$)/g, '_')
    : String(value);
}

function text(walk: Walk, value: string): string {
  let [shown, more] = [value, ''];
  const most = walk.maxStringLength ?? Infinity;
  if (value.length > most) {
    const left = value.length - most;
    [shown, more] = [value.slice(0, most), `... ${left} more character${left > 1 ? 's' : ''}`];
  }
  const room = walk.breakLength - walk.indentation - 4;
  // Long texts of several lines are shown as several strings.
  if (walk.compact !== true && shown.length > 16 && shown.length > room) {
    const lines = shown.split(/(?<=\n)/).map((line) => walk.stylize(quoted(line), 'string'));
    return lines.join(` +\n${' '.repeat(walk.indentation + 2)}`) + more;
  }
  return walk.stylize(quoted(shown), 'string') + more;
}

/** What an object is shown as: a text of its own, braces, and the members that are not properties. */
interface Form {
  base: string;
  open: string;
  close: string;
  members: (next: (value: unknown) => string) => string[];
  keys: (string | symbol)[];
  isList?: boolean;
}

function object(walk: Walk, value: object, level: number): string {
  const form = formOf(walk, value);
  if (form.base !== '' && form.keys.length === 0 && form.open === '{') return form.base;
  const isEmpty = form.keys.length === 0 && form.members === NONE;
  if (isEmpty) return `${form.open}${form.close}`;
  if (walk.depth !== null && level > walk.depth) {
    const name = prefixOf(
      constructorOf(value, inspect),
      tagOf(value, constructorOf(value, inspect)),
      Array.isArray(value) ? 'Array' : 'Object',
    ).slice(0, -1);
    return walk.stylize(`[${name}]`, 'special');
  }
  walk.path.push(value);
  walk.deepest = level + 1;
  const output = form.members((member) => show(walk, member, level + 1));
  for (const key of form.keys) output.push(property(walk, value, key, level + 1, form.isList === true));
  walk.path.pop();
  const number = walk.circles.get(value);
  if (number !== undefined) {
    const reference = walk.stylize(`<ref *${number}>`, 'special');
    if (walk.compact === true) form.open = `${reference} ${form.open}`;
    else form.base = form.base === '' ? reference : `${reference} ${form.base}`;
  }
  if (walk.sorted && !form.isList) output.sort(typeof walk.sorted === 'function' ? walk.sorted : undefined);
  return arrange(output, form, walk, level + 1, form.isList ? (value as unknown[]) : undefined);
}

const NONE = (): string[] => [];

function formOf(walk: Walk, value: object): Form {
  const name = constructorOf(value, inspect);
  const tag = tagOf(value, name);
  const keys = keysOf(value, walk);
  const form: Form = { base: '', open: '{', close: '}', members: NONE, keys };
  const list = (
    fallback: string,
    count: number,
    show: (index: number, next: (v: unknown) => string) => string | undefined,
  ): Form => {
    const prefix = name !== 'Array' || tag !== '' ? prefixOf(name, tag, fallback, `(${count})`) : '';
    return {
      ...form,
      open: `${prefix}[`,
      close: ']',
      isList: true,
      keys: keys.filter((key) => typeof key === 'symbol' || !/^(?:0|[1-9]\d*)$/.test(key)),
      members: count === 0 ? NONE : (next) => listMembers(walk, count, (index) => show(index, next)),
    };
  };
  const collection = (fallback: string, size: number, members: Form['members']): Form => ({
    ...form,
    open: `${prefixOf(name, tag, fallback, `(${size})`)}{`,
    members: size === 0 ? NONE : (next) => indented(walk, () => members(next)),
  });
  const boxed = (kind: string, inner: unknown): Form => {
    const type = kind === name ? kind : `${kind} (${name ?? 'null prototype'})`;
    return {
      ...form,
      base: walk.stylize(
        `[${type}: ${primitive({ ...walk, stylize: (text) => text }, inner)}]`,
        kind.toLowerCase(),
      ),
      keys: kind === 'String' ? keys.filter((key) => typeof key === 'symbol' || !/^\d+$/.test(key)) : keys,
    };
  };

  if (Array.isArray(value)) {
    return list('Array', value.length, (index, next) =>
      Object.hasOwn(value, index) ? indented(walk, () => next(value[index])) : undefined,
    );
  }
  if (typeof value === 'function')
    return { ...form, base: walk.stylize(classText(value, name, tag), 'special') };
  if (value instanceof Set)
    return collection('Set', value.size, (next) => clip(walk, value, (member) => next(member)));
  if (value instanceof Map)
    return collection('Map', value.size, (next) =>
      clip(walk, value, ([key, member]) => `${next(key)} => ${next(member)}`),
    );
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const view = value as unknown as ArrayLike<number>;
    return list(name ?? 'TypedArray', view.length, (index) => primitive(walk, view[index]));
  }
  if (value instanceof ArrayBuffer || brand(value) === 'SharedArrayBuffer') {
    const bytes = new Uint8Array(value as ArrayBuffer);
    const most = Math.max(0, Math.min(walk.maxArrayLength ?? Infinity, bytes.length));
    const hex = Array.from(bytes.subarray(0, most), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const left = bytes.length - most;
    return {
      ...form,
      open: `${prefixOf(name, tag, 'ArrayBuffer')}{`,
      members: (next) => [
        `${walk.stylize('[Uint8Contents]', 'special')}: <${hex}${left > 0 ? ` ... ${left} more byte${left > 1 ? 's' : ''}` : ''}>`,
        `byteLength: ${next(bytes.length)}`,
      ],
    };
  }
  if (value instanceof DataView)
    return {
      ...form,
      open: `${prefixOf(name, tag, 'DataView')}{`,
      members: (next) =>
        (['byteLength', 'byteOffset', 'buffer'] as const).map(
          (key) => `${key}: ${indented(walk, () => next(value[key]))}`,
        ),
    };
  if (value instanceof Error) {
    const own = keys.filter(
      (key) =>
        !['name', 'message', 'stack'].includes(String(key)) ||
        !errorText(value).includes(String((value as unknown as Record<string | symbol, unknown>)[key])),
    );
    if ('cause' in value && Object.hasOwn(value, 'cause') && !own.includes('cause')) own.push('cause');
    if (Array.isArray((value as AggregateError).errors) && !own.includes('errors')) own.push('errors');
    const base = errorText(value).replaceAll('\n', `\n${' '.repeat(walk.indentation)}`);
    return { ...form, base, keys: own };
  }
  if (value instanceof Date)
    return {
      ...form,
      base: walk.stylize(Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString(), 'date'),
    };
  if (value instanceof RegExp) return { ...form, base: walk.stylize(String(value), 'regexp') };
  if (value instanceof Promise)
    return {
      ...form,
      open: `${prefixOf(name, tag, 'Promise')}{`,
      members: () => [walk.stylize('<pending>', 'special')],
    };
  if (value instanceof WeakSet || value instanceof WeakMap)
    return {
      ...form,
      open: `${prefixOf(name, tag, 'WeakMap')}{`,
      members: () => [walk.stylize('<items unknown>', 'special')],
    };
  if (value instanceof Number) return boxed('Number', value.valueOf());
  if (value instanceof String) return boxed('String', value.valueOf());
  if (value instanceof Boolean) return boxed('Boolean', value.valueOf());
  if (brand(value) === 'BigInt' || brand(value) === 'Symbol') return boxed(brand(value), value.valueOf());
  if (brand(value) === 'Arguments') return { ...form, open: '[Arguments] {' };
  if (name === null && brand(value) === 'Module') return { ...form, open: '[Module: null prototype] {' };
  if (name === 'Object' && tag === '') return form;
  return { ...form, open: `${prefixOf(name, tag, 'Object')}{` };
}

const brand = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

function keysOf(value: object, walk: Walk): (string | symbol)[] {
  const symbols = Object.getOwnPropertySymbols(value);
  if (walk.showHidden) {
    const names = Object.getOwnPropertyNames(value);
    return [...names, ...symbols];
  }
  return [
    ...Object.keys(value),
    ...symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key)),
  ];
}

function listMembers(walk: Walk, count: number, show: (index: number) => string | undefined): string[] {
  const most = walk.maxArrayLength ?? Infinity;
  const output: string[] = [];
  let index = 0;
  while (index < count && output.length < most) {
    const shown = show(index);
    if (shown !== undefined) {
      output.push(shown);
      index += 1;
      continue;
    }
    const from = index;
    while (index < count && show(index) === undefined) index += 1;
    const holes = index - from;
    output.push(walk.stylize(`<${holes} empty item${holes > 1 ? 's' : ''}>`, 'undefined'));
  }
  return index < count ? [...output, moreItems(count - index)] : output;
}

function clip<T>(walk: Walk, members: Iterable<T> & { size: number }, show: (member: T) => string): string[] {
  const most = walk.maxArrayLength ?? Infinity;
  const output: string[] = [];
  for (const member of members) {
    if (output.length >= most) return [...output, moreItems(members.size - output.length)];
    output.push(show(member));
  }
  return output;
}

const moreItems = (count: number): string => `... ${count} more item${count > 1 ? 's' : ''}`;

function indented<T>(walk: Walk, work: () => T): T {
  walk.indentation += 2;
  const result = work();
  walk.indentation -= 2;
  return result;
}

function property(walk: Walk, value: object, key: string | symbol, level: number, isList: boolean): string {
  const found = Object.getOwnPropertyDescriptor(value, key) ?? {
    value: (value as Record<string | symbol, unknown>)[key],
    enumerable: true,
  };
  let shown: string;
  if ('value' in found && !found.get) shown = indented(walk, () => show(walk, found.value, level));
  else if (found.get) {
    const label = found.set ? 'Getter/Setter' : 'Getter';
    const reads =
      walk.getters === true ||
      (walk.getters === 'get' && !found.set) ||
      (walk.getters === 'set' && found.set);
    shown = reads ? gotten(walk, value, found.get, label, level) : walk.stylize(`[${label}]`, 'special');
  } else shown = walk.stylize(found.set ? '[Setter]' : 'undefined', 'special');
  if (isList && typeof key === 'string' && /^\d+$/.test(key)) return shown;
  const hidden = !found.enumerable;
  const name =
    typeof key === 'symbol'
      ? walk.stylize(`[${String(key)}]`, 'symbol')
      : hidden
        ? `[${key}]`
        : keyText(key, walk.stylize);
  return `${name}: ${shown}`;
}

function gotten(walk: Walk, value: object, get: () => unknown, label: string, level: number): string {
  try {
    const read: unknown = Reflect.apply(get, value, []);
    const shown = indented(walk, () => show(walk, read, level));
    const [open, close] = typeof read === 'object' && read !== null ? [' ', ''] : [':', ''];
    return `${walk.stylize(`[${label}${open === ':' ? ':' : ']'}`, 'special')} ${shown}${open === ':' ? walk.stylize(']', 'special') : close}`;
  } catch (error) {
    return walk.stylize(`[${label}: <Inspection threw (${(error as Error).message})>]`, 'special');
  }
}

/** The stack as the error has it; one without frames is shown in brackets. */
function errorText(error: Error): string {
  const stack = typeof error.stack === 'string' && error.stack !== '' ? error.stack : String(error);
  return /\n\s+at /.test(stack) ? stack : `[${stack}]`;
}
