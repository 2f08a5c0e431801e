/** `util.inspect` and `util.format`: Node's text for the common shapes of values. */
interface InspectOptions {
  depth?: number | null;
  breakLength?: number;
  maxArrayLength?: number | null;
}

const custom = Symbol.for('nodejs.util.inspect.custom');
/** Node breaks objects over lines from 72 characters on (breakLength 80 with compact 3). */
const LINE = 72;

export function inspect(value: unknown, options: InspectOptions | boolean = {}): string {
  const given = typeof options === 'object' ? options : {};
  const depth = given.depth === undefined ? 2 : (given.depth ?? Infinity);
  return show(value, { depth, most: given.maxArrayLength ?? 100, line: given.breakLength ?? LINE }, 0, []);
}
inspect.custom = custom;
inspect.defaultOptions = {} as InspectOptions;

interface Settings {
  depth: number;
  most: number;
  line: number;
}

function show(value: unknown, settings: Settings, level: number, path: unknown[]): string {
  if (typeof value === 'string') return level === 0 && path.length === 0 ? quote(value) : quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'function') return functionName(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const own = (value as Record<symbol, unknown>)[custom];
  if (typeof own === 'function') {
    const result: unknown = own.call(value, settings.depth - level, {}, inspect);
    return typeof result === 'string' ? result : show(result, settings, level, path);
  }
  if (value instanceof Error) return showError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (path.includes(value)) return '[Circular *1]';
  return showObject(value, settings, level, [...path, value]);
}

function showObject(value: object, settings: Settings, level: number, path: unknown[]): string {
  const name = constructorName(value);
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  if (level > settings.depth) return isList ? `[${name}]` : `[${name}]`;
  const next = (member: unknown): string => show(member, settings, level + 1, path);
  const parts: string[] = [];
  let prefix = name === 'Object' ? '' : `${name} `;
  let [open, close] = ['{', '}'];
  if (isList) {
    const list = value as ArrayLike<unknown>;
    prefix = name === 'Array' ? '' : `${name}(${list.length}) `;
    [open, close] = ['[', ']'];
    const count = Math.min(list.length, settings.most);
    for (let index = 0; index < count; index++) parts.push(next(list[index]));
    if (list.length > count)
      parts.push(`... ${list.length - count} more item${list.length - count > 1 ? 's' : ''}`);
  } else if (value instanceof Map) {
    prefix = `${name}(${value.size}) `;
    for (const [key, member] of value) parts.push(`${next(key)} => ${next(member)}`);
  } else if (value instanceof Set) {
    prefix = `${name}(${value.size}) `;
    for (const member of value) parts.push(next(member));
  } else if (value instanceof Promise) {
    parts.push('<pending>');
  }
  const keys: (string | symbol)[] = isList
    ? Object.keys(value).filter((key) => !/^\d+$/.test(key))
    : [
        ...Object.keys(value),
        ...Object.getOwnPropertySymbols(value).filter((key) =>
          Object.prototype.propertyIsEnumerable.call(value, key),
        ),
      ];
  for (const key of keys) parts.push(`${keyText(key)}: ${memberText(value, key, next)}`);
  if (parts.length === 0) return `${prefix}${open}${close}`;
  return prefix + layout(parts, open, close, level, settings.line);
}

function layout(parts: string[], open: string, close: string, level: number, line: number): string {
  const space = open === '[' || open === '{' ? ' ' : '';
  const joined = `${open}${space}${parts.join(', ')}${space}${close}`;
  const total = parts.reduce((sum, part) => sum + part.length + 2, 0);
  if (total + level * 2 <= line && !joined.includes('\n')) return joined;
  const pad = '  '.repeat(level + 1);
  return `${open}\n${pad}${parts.join(`,\n${pad}`)}\n${'  '.repeat(level)}${close}`;
}

function memberText(value: object, key: string | symbol, next: (member: unknown) => string): string {
  const property = Object.getOwnPropertyDescriptor(value, key);
  if (property?.get) return property.set ? '[Getter/Setter]' : '[Getter]';
  return next(property ? property.value : (value as Record<string | symbol, unknown>)[key]);
}

function keyText(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

function constructorName(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return '[Object: null prototype]';
  const name: unknown = (prototype as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

function functionName(value: unknown): string {
  const { name } = value as { name?: unknown };
  const isClass = Function.prototype.toString.call(value).startsWith('class');
  const text = typeof name === 'string' ? name : '';
  if (isClass) return text === '' ? '[class (anonymous)]' : `[class ${text}]`;
  return text === '' ? '[Function (anonymous)]' : `[Function: ${text}]`;
}

function showError(error: Error): string {
  const { stack } = error;
  return typeof stack === 'string' && stack !== '' ? stack : `[${String(error)}]`;
}

function quote(text: string): string {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  const escaped = text.replace(
    ESCAPED,
    (character) =>
      ESCAPES[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}
// eslint-disable-next-line no-control-regex -- control characters are what is being escaped
const ESCAPED = /[\\\x00-\x1f]/g;
const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

const DIRECTIVE = /%[sdifjoOc%]/g;

/** Replaces `%s`, `%d` … in a leading string; what it does not use stays as values. */
export function formatDirectives(args: unknown[]): unknown[] {
  const [first, ...rest] = args;
  if (typeof first !== 'string' || rest.length === 0 || !first.includes('%')) return [...args];
  let used = 0;
  const text = first.replace(DIRECTIVE, (directive) => {
    if (directive === '%%') return '%';
    if (used >= rest.length) return directive;
    return directiveText(directive, rest[used++]);
  });
  return [text, ...rest.slice(used)];
}

function directiveText(directive: string, value: unknown): string {
  switch (directive) {
    case '%s':
      return typeof value === 'string'
        ? value
        : typeof value === 'object' && value !== null
          ? inspect(value, { depth: 0 })
          : typeof value === 'bigint'
            ? `${value}n`
            : String(value);
    case '%d':
      return typeof value === 'bigint'
        ? `${value}n`
        : typeof value === 'symbol'
          ? 'NaN'
          : String(Number(value));
    case '%i':
      return typeof value === 'symbol' ? 'NaN' : String(Number.parseInt(String(value), 10));
    case '%f':
      return typeof value === 'symbol' ? 'NaN' : String(Number.parseFloat(String(value)));
    case '%j':
      return JSON.stringify(value) ?? 'undefined';
    case '%c':
      return '';
    default:
      return inspect(value, { depth: 4 });
  }
}

export function format(...args: unknown[]): string {
  return formatDirectives(args)
    .map((value) => (typeof value === 'string' ? value : inspect(value)))
    .join(' ');
}
