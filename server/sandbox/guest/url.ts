/** WHATWG `URL` and `URLSearchParams`: parsed by the host's own, so every corner is Node's. */
import { HOST_CALL, SETTABLE_URL_PARTS, type UrlParts } from '../protocol.ts';
import { askHost } from './bridge.ts';

type PairInit = string | Record<string, unknown> | Iterable<readonly [unknown, unknown]> | undefined;

export class URLSearchParams {
  #pairs: [string, string][] = [];
  /** Told after each change; the URL that owns these parameters follows. */
  #changed: (() => void) | undefined;

  constructor(init?: PairInit, changed?: () => void) {
    this.#changed = changed;
    if (init === undefined || init === null) return;
    if (typeof init === 'object' && Symbol.iterator in init) {
      for (const [name, value] of init as Iterable<[unknown, unknown]>)
        this.#pairs.push([String(name), String(value)]);
    } else if (typeof init === 'object') {
      for (const [name, value] of Object.entries(init)) this.#pairs.push([name, String(value)]);
    } else {
      this.#pairs = parseQuery(String(init).replace(/^\?/, ''));
    }
  }

  get size(): number {
    return this.#pairs.length;
  }
  append(name: string, value: string): void {
    this.#pairs.push([String(name), String(value)]);
    this.#changed?.();
  }
  delete(name: string, value?: string): void {
    this.#pairs = this.#pairs.filter(
      ([known, content]) => known !== String(name) || (value !== undefined && content !== String(value)),
    );
    this.#changed?.();
  }
  get(name: string): string | null {
    return this.#pairs.find(([known]) => known === String(name))?.[1] ?? null;
  }
  getAll(name: string): string[] {
    return this.#pairs.filter(([known]) => known === String(name)).map(([, value]) => value);
  }
  has(name: string, value?: string): boolean {
    return this.#pairs.some(
      ([known, content]) => known === String(name) && (value === undefined || content === String(value)),
    );
  }
  set(name: string, value: string): void {
    const first = this.#pairs.find(([known]) => known === String(name));
    if (!first) this.#pairs.push([String(name), String(value)]);
    else {
      first[1] = String(value);
      this.#pairs = this.#pairs.filter((pair) => pair === first || pair[0] !== String(name));
    }
    this.#changed?.();
  }
  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed?.();
  }
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, self?: unknown): void {
    for (const [name, value] of this.#pairs) callback.call(self, value, name, this);
  }
  *entries(): IterableIterator<[string, string]> {
    for (const [name, value] of this.#pairs) yield [name, value];
  }
  *keys(): IterableIterator<string> {
    for (const [name] of this.#pairs) yield name;
  }
  *values(): IterableIterator<string> {
    for (const [, value] of this.#pairs) yield value;
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
  toString(): string {
    return this.#pairs.map(([name, value]) => `${encodeForm(name)}=${encodeForm(value)}`).join('&');
  }
  get [Symbol.toStringTag](): string {
    return 'URLSearchParams';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const pairs = this.#pairs.map(([name, value]) => `'${name}' => '${value}'`);
    return pairs.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${pairs.join(', ')} }`;
  }
}

/** application/x-www-form-urlencoded serializing (URL Standard §5.2). */
function encodeForm(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function parseQuery(query: string): [string, string][] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0
        ? [decodeForm(part), '']
        : [decodeForm(part.slice(0, at)), decodeForm(part.slice(at + 1))];
    });
}

function decodeForm(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return decodeBroken(spaced);
  }
}

/** Percent-decodes text with bad escapes, which stay as they are. */
export function decodeBroken(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
    return askHost(HOST_CALL.decode, bytes) as string;
  });
}

export class URL {
  // Accessors, defined in the static block below.
  declare href: string;
  declare protocol: string;
  declare username: string;
  declare password: string;
  declare host: string;
  declare hostname: string;
  declare port: string;
  declare pathname: string;
  declare search: string;
  declare hash: string;
  #parts: UrlParts;
  #params: URLSearchParams | undefined;

  constructor(url: unknown, base?: unknown) {
    const parts = parse(url, base);
    if (!parts) {
      throw Object.assign(invalidUrl(String(url)), base === undefined ? {} : { base: String(base) });
    }
    this.#parts = parts;
  }

  static canParse(url: unknown, base?: unknown): boolean {
    return parse(url, base) !== undefined;
  }
  static parse(url: unknown, base?: unknown): URL | null {
    return URL.canParse(url, base) ? new URL(url, base) : null;
  }

  get searchParams(): URLSearchParams {
    return (this.#params ??= new URLSearchParams(this.#parts.search, () => {
      const query = this.#params?.toString() ?? '';
      this.#parts = change(this.#parts.href, 'search', query);
    }));
  }
  get origin(): string {
    return this.#parts.origin;
  }
  toString(): string {
    return this.#parts.href;
  }
  toJSON(): string {
    return this.#parts.href;
  }
  get [Symbol.toStringTag](): string {
    return 'URL';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const lines = Object.entries(this.#parts).map(([name, value]) => `  ${name}: '${value}'`);
    return `URL {\n${lines.join(',\n')}\n}`;
  }

  /** Defines the parts that can be set. */
  static {
    for (const name of SETTABLE_URL_PARTS) {
      Object.defineProperty(URL.prototype, name, {
        get(this: URL) {
          return this.#parts[name];
        },
        set(this: URL, value: unknown) {
          this.#parts = change(this.#parts.href, name, String(value));
          this.#params = undefined;
        },
        enumerable: true,
        configurable: true,
      });
    }
  }
}

/** Node's, which has a code but does not say it. */
function invalidUrl(input: string): Error {
  return Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input });
}

function parse(url: unknown, base: unknown): UrlParts | undefined {
  const answer =
    base === undefined
      ? askHost(HOST_CALL.parseUrl, String(url))
      : askHost(HOST_CALL.parseUrl, String(url), String(base));
  return answer === undefined ? undefined : (JSON.parse(answer as string) as UrlParts);
}

function change(href: string, name: string, value: string): UrlParts {
  const answer = askHost(HOST_CALL.setUrl, href, name, value);
  if (answer === undefined) throw invalidUrl(value);
  return JSON.parse(answer as string) as UrlParts;
}
