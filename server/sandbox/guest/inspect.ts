/** `util.format`, and the door to `util.inspect`, which is made when first used. */
import { part } from './on-demand.ts';

type Inspect = (value: unknown, ...options: unknown[]) => string;

export const inspect = ((value, ...options) =>
  (part('inspect').inspect as Inspect)(value, ...options)) as Inspect & {
  custom: symbol;
};
Object.defineProperty(inspect, 'name', { value: 'inspect' });
inspect.custom = Symbol.for('nodejs.util.inspect.custom');
for (const name of ['colors', 'styles', 'defaultOptions'])
  Object.defineProperty(inspect, name, {
    get: () => part('inspect')[name],
    set: (value: object) => void Object.assign(part('inspect')[name] as object, value),
    enumerable: true,
  });

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

const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

function directiveText(directive: string, value: unknown): string {
  switch (directive) {
    case '%s':
      if (typeof value === 'number') return numberText(value);
      if (typeof value === 'bigint') return `${value}n`;
      if (typeof value !== 'object' || value === null || !hasBuiltInText(value)) return String(value);
      return inspect(value, { depth: 0, colors: false, compact: 3 });
    case '%d':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' ? 'NaN' : numberText(Number(value));
    case '%i':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' ? 'NaN' : numberText(Number.parseInt(value as string, 10));
    case '%f':
      return typeof value === 'symbol' ? 'NaN' : numberText(Number.parseFloat(value as string));
    case '%j':
      return jsonText(value);
    case '%c':
      return '';
    case '%o':
      return inspect(value, { showHidden: true, showProxy: true, depth: 4 });
    default:
      return inspect(value);
  }
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch (error) {
    if (error instanceof TypeError && /circular/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

const BUILT_IN = new Set<unknown>([
  Object.prototype.toString,
  Array.prototype.toString,
  Error.prototype.toString,
  Date.prototype.toString,
  RegExp.prototype.toString,
]);

/** An object whose `toString` nobody wrote says nothing by it. */
function hasBuiltInText(value: object): boolean {
  const own: unknown = (value as { toString?: unknown }).toString;
  return typeof own !== 'function' || BUILT_IN.has(own) || value instanceof Uint8Array;
}

export function format(...args: unknown[]): string {
  return formatDirectives(args)
    .map((value) => (typeof value === 'string' ? value : inspect(value)))
    .join(' ');
}

export function formatWithOptions(options: object, ...args: unknown[]): string {
  return formatDirectives(args)
    .map((value) => (typeof value === 'string' ? value : inspect(value, options)))
    .join(' ');
}
