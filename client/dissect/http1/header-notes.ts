import type { FieldMeaning } from '../stream/field-collector.ts';
import { KNOWN_HEADERS } from './header-names.ts';

type Kind = 'request' | 'response';
type Reading = (value: string, kind: Kind) => FieldMeaning | null;

/** Values that mean something by themselves: `inspect:value.<header>.<name>`. */
export const HEADER_VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accept: { '*/*': 'any', 'text/event-stream': 'eventStream', 'application/json': 'json' },
  'accept-encoding': { identity: 'identity' },
  'access-control-allow-credentials': { true: 'true' },
  'access-control-allow-headers': { '*': 'any' },
  'access-control-allow-methods': { '*': 'any' },
  'access-control-allow-origin': { '*': 'any', null: 'null' },
  connection: { 'keep-alive': 'keepAlive', close: 'close', upgrade: 'upgrade' },
  expect: { '100-continue': 'continue' },
  origin: { null: 'null' },
  'sec-ch-ua-mobile': { '?0': 'no', '?1': 'yes' },
  'sec-fetch-dest': {
    empty: 'empty',
    document: 'document',
    iframe: 'iframe',
    script: 'script',
    style: 'style',
    image: 'image',
    websocket: 'websocket',
  },
  'sec-fetch-mode': {
    cors: 'cors',
    'no-cors': 'noCors',
    'same-origin': 'sameOrigin',
    navigate: 'navigate',
    websocket: 'websocket',
  },
  'sec-fetch-site': {
    'same-origin': 'sameOrigin',
    'same-site': 'sameSite',
    'cross-site': 'crossSite',
    none: 'none',
  },
  'transfer-encoding': { chunked: 'chunked' },
  upgrade: { websocket: 'websocket' },
  'x-accel-buffering': { no: 'no' },
};

/** Values that have to be read; each returns null where the header's general meaning serves. */
const READINGS: Readonly<Record<string, Reading>> = {
  'access-control-max-age': (value) => seconds('access-control-max-age', value),
  age: (value) => seconds('age', value),
  'retry-after': (value) => seconds('retry-after', value),
  'content-length': (value) => counted('content-length', 'count', value),
  'keep-alive': (value) => counted('keep-alive', 'seconds', /^timeout=(\d+)/i.exec(value)?.[1] ?? ''),
  'access-control-allow-origin': (origin) => ({
    note: 'inspect:value.access-control-allow-origin.one',
    params: { origin },
  }),
  'cache-control': cacheControl,
  'content-type': contentType,
  'last-event-id': (id) => (id === '' ? null : { note: 'inspect:value.last-event-id.id', params: { id } }),
  'set-cookie': setCookie,
};

/** The meaning of a header field's line, its value read where that says more. */
export function headerNote(lowerName: string, value: string, kind: Kind): FieldMeaning {
  if (!KNOWN_HEADERS.has(lowerName)) return { note: 'inspect:header.other' };
  const variants = HEADER_VALUES[lowerName];
  const lowerValue = value.toLowerCase();
  if (variants && Object.hasOwn(variants, lowerValue)) {
    return { note: `inspect:value.${lowerName}.${variants[lowerValue]}` };
  }
  return READINGS[lowerName]?.(value, kind) ?? { note: `inspect:header.${lowerName}`, params: { value } };
}

function seconds(name: string, value: string): FieldMeaning | null {
  return counted(name, 'seconds', value);
}

function counted(name: string, key: string, digits: string): FieldMeaning | null {
  if (!/^\d{1,15}$/.test(digits)) return null;
  return { note: `inspect:value.${name}.${key}`, params: { count: Number(digits) } };
}

/** RFC 9111 §5.2: the same word asks in a request and permits in a response. */
function cacheControl(value: string, kind: Kind): FieldMeaning | null {
  const directives = value
    .toLowerCase()
    .split(',')
    .map((directive) => directive.trim());
  if (directives.includes('no-store')) return { note: 'inspect:value.cache-control.noStore' };
  if (directives.includes('no-cache')) {
    return { note: `inspect:value.cache-control.${kind === 'request' ? 'noCacheAsked' : 'noCache'}` };
  }
  const age = directives.find((directive) => /^max-age=\d{1,15}$/.test(directive));
  if (age === undefined) return null;
  const count = Number(age.slice('max-age='.length));
  if (kind === 'request') return count === 0 ? { note: 'inspect:value.cache-control.noCacheAsked' } : null;
  return { note: 'inspect:value.cache-control.maxAge', params: { count } };
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^application\/(.+\+)?json$/, 'json'],
  [/^text\/html$/, 'html'],
  [/^text\/plain$/, 'plain'],
  [/^text\/event-stream$/, 'eventStream'],
  [/^(text|application)\/(x-)?(javascript|ecmascript)$/, 'script'],
  [/^application\/x-www-form-urlencoded$/, 'form'],
];

function contentType(value: string): FieldMeaning | null {
  const type = value.split(';')[0]!.trim().toLowerCase();
  const known = TYPES.find(([pattern]) => pattern.test(type));
  return known ? { note: `inspect:value.content-type.${known[1]}` } : null;
}

/** RFC 6265 §4.1: the name is what stands before the first `=`. */
function setCookie(value: string): FieldMeaning | null {
  const cookie = value.split('=')[0]!.trim();
  return cookie === '' ? null : { note: 'inspect:value.set-cookie.name', params: { cookie } };
}
