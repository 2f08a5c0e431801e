/** `querystring`: Node's older form of query parsing, with its own rules for arrays and limits. */
import { decodeBroken } from './url.ts';

type Values = Record<string, string | string[]>;

export function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeBroken(text);
  }
}

export function escape(text: unknown): string {
  return encodeURIComponent(typeof text === 'object' ? String(text) : `${text as string}`);
}

export function parse(
  query: unknown,
  separator = '&',
  equals = '=',
  options: { maxKeys?: number; decodeURIComponent?: (text: string) => string } = {},
): Values {
  const values: Values = Object.create(null) as Values;
  if (typeof query !== 'string' || query === '') return values;
  const decode = options.decodeURIComponent ?? unescape;
  const most = options.maxKeys ?? 1000;
  const parts = query.split(separator || '&');
  for (const part of most > 0 ? parts.slice(0, most) : parts) {
    if (part === '') continue;
    const at = part.indexOf(equals || '=');
    const name = decode((at < 0 ? part : part.slice(0, at)).replaceAll('+', ' '));
    const value = at < 0 ? '' : decode(part.slice(at + equals.length).replaceAll('+', ' '));
    const known = values[name];
    if (known === undefined) values[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else values[name] = [known, value];
  }
  return values;
}

export function stringify(
  values: unknown,
  separator = '&',
  equals = '=',
  options: { encodeURIComponent?: (text: string) => string } = {},
): string {
  if (typeof values !== 'object' || values === null) return '';
  const encode = options.encodeURIComponent ?? escape;
  const parts: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value])
      parts.push(`${encode(name)}${equals}${encode(plain(one))}`);
  }
  return parts.join(separator);
}

/** Node writes only strings, finite numbers, bigints and booleans; the rest is empty. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : '';
}

export const encode = stringify;
export const decode = parse;
