/** `Headers` of the Fetch standard: lower-case names, lists joined, sorted when walked through. */
export type HeadersInit =
  Headers | Iterable<readonly [string, string]> | Record<string, string | number> | undefined | null;

/** RFC 9110 §5.6.2 */
const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;

export class Headers {
  readonly #values = new Map<string, string[]>();

  constructor(init?: HeadersInit) {
    if (init === undefined || init === null) return;
    const pairs = Symbol.iterator in init ? init : Object.entries(init);
    for (const [name, value] of pairs) this.append(name, String(value));
  }

  append(name: string, value: unknown): void {
    const key = keyOf(name, 'append');
    const text = textOf(value);
    const known = this.#values.get(key);
    if (known) known.push(text);
    else this.#values.set(key, [text]);
  }
  set(name: string, value: unknown): void {
    this.#values.set(keyOf(name, 'set'), [textOf(value)]);
  }
  delete(name: string): void {
    this.#values.delete(keyOf(name, 'delete'));
  }
  get(name: string): string | null {
    const key = keyOf(name, 'get');
    return this.#values.get(key)?.join(key === 'cookie' ? '; ' : ', ') ?? null;
  }
  has(name: string): boolean {
    return this.#values.has(keyOf(name, 'has'));
  }
  getSetCookie(): string[] {
    return [...(this.#values.get('set-cookie') ?? [])];
  }
  forEach(callback: (value: string, name: string, headers: Headers) => void, self?: unknown): void {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }
  *entries(): IterableIterator<[string, string]> {
    for (const name of [...this.#values.keys()].sort()) {
      if (name === 'set-cookie') for (const value of this.#values.get(name)!) yield [name, value];
      else yield [name, this.get(name)!];
    }
  }
  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }
  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
}

function keyOf(name: unknown, method: string): string {
  const text = String(name);
  if (!TOKEN.test(text)) throw new TypeError(`Headers.${method}: ${text} is an invalid header name.`);
  return text.toLowerCase();
}

function textOf(value: unknown): string {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\r\n]/.test(text)) throw new TypeError(`Headers: ${text} is an invalid header value.`);
  return text;
}
