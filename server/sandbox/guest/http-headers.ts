/** The headers of an outgoing message: Node's `OutgoingMessage` as far as requests and responses share it. */
import { Emitter } from './events.ts';
import { checkName, checkValue } from './http-validate.ts';
import { invalidArgument, nodeError } from './node-error.ts';

export type HeaderValue = string | number | readonly string[];

export class OutgoingHeaders extends Emitter {
  // The shim's own state is declared here and begins on the prototype: a server makes a message for each request
  // and changes little of it, while QuickJS adds private fields one by one.
  /** Nothing can be changed any more. */
  declare headMade: boolean;
  /** By lower-case name: the name as written, and the value. */
  declare headersByName: Map<string, [string, HeaderValue]> | undefined;

  setHeader(name: string, value: HeaderValue): this {
    if (this.headMade) throw headersSent('set');
    checkName(name);
    checkValue(name, value);
    (this.headersByName ??= new Map()).set(name.toLowerCase(), [name, value]);
    return this;
  }
  appendHeader(name: string, value: string | readonly string[]): this {
    if (this.headMade) throw headersSent('append');
    checkName(name);
    checkValue(name, value);
    const known = this.headersByName?.get(name.toLowerCase())?.[1];
    return this.setHeader(name, known === undefined ? value : [...listOf(known), ...listOf(value)]);
  }
  setHeaders(headers: Iterable<[string, HeaderValue]>): this {
    if (this.headMade) throw headersSent('set');
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }
  getHeader(name: string): HeaderValue | undefined {
    return this.headersByName?.get(headerKey(name))?.[1];
  }
  hasHeader(name: string): boolean {
    return this.headersByName?.has(headerKey(name)) ?? false;
  }
  removeHeader(name: string): void {
    const key = headerKey(name);
    if (this.headMade) throw headersSent('remove');
    this.headersByName?.delete(key);
  }
  getHeaderNames(): string[] {
    return [...(this.headersByName?.keys() ?? [])];
  }
  getRawHeaderNames(): string[] {
    return [...(this.headersByName?.values() ?? [])].map(([name]) => name);
  }
  getHeaders(): Record<string, HeaderValue> {
    const headers = Object.create(null) as Record<string, HeaderValue>;
    for (const [key, [, value]] of this.headersByName ?? []) headers[key] = value;
    return headers;
  }

  protected headerList(): [string, string | string[]][] {
    return [...(this.headersByName?.values() ?? [])].map(([name, value]) => [name, textOf(value)]);
  }
}

Object.assign(OutgoingHeaders.prototype, { headMade: false, headersByName: undefined });

export function headersSent(action: string): Error {
  return nodeError('ERR_HTTP_HEADERS_SENT', `Cannot ${action} headers after they are sent to the client`);
}

export function textOf(value: HeaderValue): string | string[] {
  return Array.isArray(value) ? value.map(String) : String(value);
}

function listOf(value: HeaderValue): string[] {
  return Array.isArray(value) ? (value as string[]) : [String(value)];
}

function headerKey(name: unknown): string {
  if (typeof name !== 'string') throw invalidArgument('name', 'of type string', name);
  return name.toLowerCase();
}
