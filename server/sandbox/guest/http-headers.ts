/** The headers of an outgoing message that is not a response: Node's `OutgoingMessage` as far as they go. */
import { Emitter } from './events.ts';
import { checkName, checkValue } from './http-validate.ts';
import { invalidArgument, nodeError } from './node-error.ts';

export type HeaderValue = string | number | readonly string[];

export class OutgoingHeaders extends Emitter {
  /** Nothing can be changed any more. */
  protected headMade = false;
  /** By lower-case name: the name as written, and the value. */
  readonly #headers = new Map<string, [string, HeaderValue]>();

  setHeader(name: string, value: HeaderValue): this {
    this.#checkChangeable('set');
    checkName(name);
    checkValue(name, value);
    this.#headers.set(name.toLowerCase(), [name, value]);
    return this;
  }
  appendHeader(name: string, value: string | readonly string[]): this {
    const known = this.getHeader(name);
    if (known === undefined) return this.setHeader(name, value);
    const list = (one: HeaderValue): string[] => (Array.isArray(one) ? (one as string[]) : [String(one)]);
    return this.setHeader(name, [...list(known), ...list(value)]);
  }
  setHeaders(headers: Iterable<[string, HeaderValue]>): this {
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }
  getHeader(name: string): HeaderValue | undefined {
    return this.#headers.get(keyOf(name))?.[1];
  }
  hasHeader(name: string): boolean {
    return this.#headers.has(keyOf(name));
  }
  removeHeader(name: string): void {
    this.#checkChangeable('remove');
    this.#headers.delete(keyOf(name));
  }
  getHeaderNames(): string[] {
    return [...this.#headers.keys()];
  }
  getRawHeaderNames(): string[] {
    return [...this.#headers.values()].map(([name]) => name);
  }
  getHeaders(): Record<string, HeaderValue> {
    const headers = Object.create(null) as Record<string, HeaderValue>;
    for (const [key, [, value]] of this.#headers) headers[key] = value;
    return headers;
  }

  protected headerList(): [string, string | string[]][] {
    return [...this.#headers.values()].map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : String(value),
    ]);
  }
  #checkChangeable(action: string): void {
    if (this.headMade)
      throw nodeError('ERR_HTTP_HEADERS_SENT', `Cannot ${action} headers after they are sent to the client`);
  }
}

function keyOf(name: unknown): string {
  if (typeof name !== 'string') throw invalidArgument('name', 'of type string', name);
  return name.toLowerCase();
}
