/** `url.parse`, `url.format`, `url.resolve`: the API that most old programs of this subject use. */
import { invalidArgument } from './node-error.ts';
import { parse as parseQuery, stringify } from './querystring.ts';
import { URL } from './url.ts';

const SLASHED = new Set(['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:']);

/** Members in Node's order, so that a printed one looks the same. */
export class Url {
  protocol: string | null = null;
  slashes: boolean | null = null;
  auth: string | null = null;
  host: string | null = null;
  port: string | null = null;
  hostname: string | null = null;
  hash: string | null = null;
  search: string | null = null;
  query: unknown = null;
  pathname: string | null = null;
  path: string | null = null;
  href = '';
  format(): string {
    return format(this);
  }
}

export function parse(text: unknown, withQuery = false, slashesDenoteHost = false): Url {
  if (text instanceof Url) return text;
  if (typeof text !== 'string') throw invalidArgument('url', 'of type string', text);
  const url = new Url();
  let rest = text.trim();
  const hashAt = rest.indexOf('#');
  if (hashAt >= 0) {
    url.hash = rest.slice(hashAt);
    rest = rest.slice(0, hashAt);
  }
  const scheme = /^[a-z0-9.+-]+:/i.exec(rest)?.[0];
  if (scheme !== undefined) {
    url.protocol = scheme.toLowerCase();
    rest = rest.slice(scheme.length);
  }
  const mayHaveHost = url.protocol !== 'javascript:';
  const slashed =
    rest.startsWith('//') && (scheme !== undefined || slashesDenoteHost || /^\/\/[^@/]+@[^@/]+/.test(rest));
  if (slashed && mayHaveHost) {
    url.slashes = true;
    rest = takeHost(url, rest.slice(2));
    // Of schemes it does not know Node takes an authority without slashes too: `mailto:a@b`.
  } else if (scheme !== undefined && mayHaveHost && !SLASHED.has(url.protocol ?? ''))
    rest = takeHost(url, rest);
  const queryAt = rest.indexOf('?');
  if (queryAt >= 0) {
    url.search = rest.slice(queryAt);
    const query = rest.slice(queryAt + 1);
    url.query = withQuery ? parseQuery(query) : query;
    rest = rest.slice(0, queryAt);
  } else if (withQuery) {
    url.search = null;
    url.query = parseQuery('');
  }
  if (rest !== '') url.pathname = escapePath(rest);
  else if (url.slashes && SLASHED.has(url.protocol ?? '')) url.pathname = '/';
  if (url.pathname !== null || url.search !== null) url.path = (url.pathname ?? '') + (url.search ?? '');
  url.href = format(url);
  return url;
}

function takeHost(url: Url, rest: string): string {
  const end = rest.search(/[/?\\]/);
  let authority = end < 0 ? rest : rest.slice(0, end);
  const at = authority.lastIndexOf('@');
  if (at >= 0) {
    url.auth = decodeURIComponent(authority.slice(0, at));
    authority = authority.slice(at + 1);
  }
  const port = /:(\d*)$/.exec(authority);
  if (port) {
    if (port[1] !== '') url.port = port[1]!;
    authority = authority.slice(0, -port[0].length);
  }
  url.hostname = authority.replace(/^\[|\]$/g, '').toLowerCase();
  url.host = authority.toLowerCase() + (url.port === null ? '' : `:${url.port}`);
  return end < 0 ? '' : rest.slice(end);
}

/** Characters that RFC 2396 forbids in a path, as Node's autoEscape has them. */
function escapePath(path: string): string {
  return path.replace(/[<>"`\r\n\t {}|\\^']/g, (character) =>
    character === '\\' ? '/' : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

export function format(url: unknown): string {
  if (typeof url === 'string') return parse(url).href;
  if (url instanceof URL) return url.href;
  if (typeof url !== 'object' || url === null)
    throw invalidArgument('urlObject', 'one of type object or string', url);
  const parts = url as Partial<Url>;
  let protocol = parts.protocol ?? '';
  if (protocol !== '' && !protocol.endsWith(':')) protocol += ':';
  const auth = parts.auth ? `${encodeURIComponent(parts.auth).replace('%3A', ':')}@` : '';
  let host = parts.host ? auth + parts.host : '';
  if (host === '' && parts.hostname) {
    host = auth + (parts.hostname.includes(':') ? `[${parts.hostname}]` : parts.hostname);
    if (parts.port) host += `:${parts.port}`;
  }
  let search = parts.search ?? '';
  if (search === '' && typeof parts.query === 'object' && parts.query !== null) {
    const query = stringify(parts.query);
    search = query === '' ? '' : `?${query}`;
  }
  if (search !== '' && !search.startsWith('?')) search = `?${search}`;
  let hash = parts.hash ?? '';
  if (hash !== '' && !hash.startsWith('#')) hash = `#${hash}`;
  let pathname = (parts.pathname ?? '').replace(/[?#]/g, encodeURIComponent);
  if (parts.slashes || SLASHED.has(protocol)) {
    if (parts.slashes || host !== '') {
      if (pathname !== '' && !pathname.startsWith('/')) pathname = `/${pathname}`;
      host = `//${host}`;
    }
  }
  return protocol + host + pathname + search.replaceAll('#', '%23') + hash;
}

export function resolve(from: string, to: string): string {
  const resolved = new URL(to, new URL(from, 'resolve://'));
  if (resolved.protocol === 'resolve:') return resolved.pathname + resolved.search + resolved.hash;
  return resolved.href;
}

export function fileURLToPath(url: string | URL): string {
  return decodeURIComponent(new URL(String(url)).pathname);
}

export function pathToFileURL(path: string): URL {
  return new URL(`file://${path.split('/').map(encodeURIComponent).join('/')}`);
}

export function urlToHttpOptions(url: URL): Record<string, unknown> {
  return {
    protocol: url.protocol,
    hostname: url.hostname,
    hash: url.hash,
    search: url.search,
    pathname: url.pathname,
    path: url.pathname + url.search,
    href: url.href,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
  };
}
