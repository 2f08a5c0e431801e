/**
 * `fetch`, `Headers`, `Request` and `Response` for the lab's own ports, on `http.request`.
 *
 * The Fetch standard as far as programs of this subject use it: no cache, no CORS, no cookies, no
 * compression; a body is read once, whole or piece by piece.
 */
import { Buffer } from '../buffer.ts';
import { request as httpRequest } from '../http.ts';
import { URL, URLSearchParams } from '../url.ts';
import { Headers, type HeadersInit } from './fetch/headers.ts';

type BodyInit =
  string | Uint8Array | ArrayBuffer | URLSearchParams | AsyncIterable<Uint8Array> | null | undefined;
interface Signal {
  aborted: boolean;
  reason: unknown;
  addEventListener(type: string, run: () => void): void;
}
interface Incoming extends AsyncIterable<Uint8Array> {
  statusCode: number;
  statusMessage: string;
  rawHeaders: string[];
  resume(): void;
  destroy(): void;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 20;

/** What `body` is: the parts of ReadableStream that reading needs. */
class BodyStream {
  readonly #source: AsyncIterator<Uint8Array>;
  locked = false;
  disturbed = false;
  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }
  getReader(): object {
    if (this.locked) throw new TypeError('Invalid state: ReadableStream is locked');
    this.locked = true;
    return {
      read: () => this.#next(),
      cancel: () => this.cancel(),
      releaseLock: () => void (this.locked = false),
    };
  }
  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.disturbed = true;
    const { done, value } = await this.#source.next();
    return done ? { done: true, value: undefined } : { done: false, value: new Uint8Array(value) };
  }
  async cancel(): Promise<void> {
    this.disturbed = true;
    await this.#source.return?.();
  }
  values(): AsyncIterableIterator<Uint8Array> {
    this.locked = true;
    const stream = {
      next: () => this.#next(),
      return: async () => {
        await this.cancel();
        return { done: true as const, value: undefined };
      },
      [Symbol.asyncIterator]: () => stream,
    };
    return stream;
  }
  [Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array> {
    return this.values();
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

/** Bytes of a body and the type it implies. */
function extract(body: BodyInit): { bytes?: Uint8Array; source?: AsyncIterable<Uint8Array>; type?: string } {
  if (typeof body === 'string') return { bytes: Buffer.from(body), type: 'text/plain;charset=UTF-8' };
  if (body instanceof URLSearchParams)
    return { bytes: Buffer.from(String(body)), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  if (body instanceof ArrayBuffer) return { bytes: new Uint8Array(body.slice(0)) };
  if (ArrayBuffer.isView(body)) return { bytes: Buffer.from(body as Uint8Array) };
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body) return { source: body };
  return { bytes: Buffer.from(String(body)), type: 'text/plain;charset=UTF-8' };
}

class Body {
  readonly body: BodyStream | null;
  #kept: Uint8Array | undefined;

  constructor(bytes: Uint8Array | undefined, source: AsyncIterable<Uint8Array> | undefined) {
    this.#kept = bytes;
    this.body = source ? new BodyStream(source) : bytes ? new BodyStream(only(bytes)) : null;
  }
  get bodyUsed(): boolean {
    return this.body?.disturbed ?? false;
  }
  protected kept(): Uint8Array | undefined {
    if (this.bodyUsed || this.body?.locked)
      throw new TypeError('Body is unusable: Body has already been read');
    return this.#kept;
  }
  async #read(): Promise<ReturnType<typeof Buffer.concat>> {
    this.kept();
    const parts: Uint8Array[] = [];
    for await (const part of this.body ?? []) parts.push(part);
    return Buffer.concat(parts);
  }
  async text(): Promise<string> {
    return (await this.#read()).toString().replace(/^\ufeff/, '');
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(await this.#read()).buffer;
  }
  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await this.#read());
  }
}

interface ResponseInit {
  status?: number;
  statusText?: string;
  headers?: HeadersInit;
}

export class Response extends Body {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly type: string = 'default';
  url = '';
  redirected = false;

  constructor(body?: BodyInit, { status = 200, statusText = '', headers }: ResponseInit = {}) {
    const { bytes, source, type } = body === null || body === undefined ? {} : extract(body);
    super(bytes, source);
    if (status < 200 || status > 599)
      throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    this.status = status;
    this.statusText = statusText;
    this.headers = new Headers(headers);
    if (type && !this.headers.has('content-type')) this.headers.set('content-type', type);
  }
  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }
  clone(): Response {
    const bytes = this.kept();
    if (!bytes && this.body)
      throw new TypeError('In a lab only a Response made from bytes or text can be cloned.');
    const { status, statusText, headers } = this;
    return new Response(bytes, { status, statusText, headers });
  }
  static json(value: unknown, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(value), { ...init, headers });
  }
  static error(): Response {
    return Object.assign(new Response(null), { type: 'error', status: 0 });
  }
  static redirect(url: string, status = 302): Response {
    return new Response(null, { status, headers: { location: String(new URL(url)) } });
  }
}

interface RequestInit {
  method?: string;
  headers?: HeadersInit;
  body?: BodyInit;
  redirect?: 'follow' | 'manual' | 'error';
  signal?: Signal | null;
}
/** Methods the standard upper-cases. */
const NORMALISED = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);

export class Request extends Body {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly redirect: 'follow' | 'manual' | 'error';
  readonly signal: Signal | null;
  readonly given: BodyInit;

  constructor(input: unknown, init: RequestInit = {}) {
    const from = input instanceof Request ? input : undefined;
    const given = init.body ?? from?.given;
    const { bytes, source, type } = given === null || given === undefined ? {} : extract(given);
    super(bytes, source);
    const url = new URL(from ? from.url : String(input));
    if (url.username || url.password)
      throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${url.href}`);
    const method = init.method ?? from?.method ?? 'GET';
    this.method = NORMALISED.has(method.toUpperCase()) ? method.toUpperCase() : method;
    if (given !== null && given !== undefined && /^(?:GET|HEAD)$/.test(this.method))
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    this.given = given;
    this.url = url.href;
    this.headers = new Headers(init.headers ?? from?.headers);
    if (type && !this.headers.has('content-type')) this.headers.set('content-type', type);
    this.redirect = init.redirect ?? from?.redirect ?? 'follow';
    this.signal = init.signal ?? from?.signal ?? null;
  }
  clone(): Request {
    return new Request(this);
  }
}

export async function fetch(input: unknown, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  let { url, method } = request;
  let { bytes, source } = request.given === null || request.given === undefined ? {} : extract(request.given);
  for (let hops = 0; ; hops++) {
    const incoming = await send(url, method, request, bytes, source);
    const location = headerOf(incoming.rawHeaders, 'location');
    if (!REDIRECTS.has(incoming.statusCode) || location === undefined || request.redirect === 'manual')
      return responseOf(incoming, url, hops > 0, method);
    incoming.resume();
    if (request.redirect === 'error' || hops === MOST_REDIRECTS)
      throw failed(new Error(hops === MOST_REDIRECTS ? 'redirect count exceeded' : 'unexpected redirect'));
    url = new URL(location, url).href;
    // Fetch §4.4 "HTTP-redirect fetch": the body is dropped when the method changes.
    const { statusCode: status } = incoming;
    if ((status === 303 && !/^(?:GET|HEAD)$/.test(method)) || (status < 303 && method === 'POST')) {
      method = 'GET';
      bytes = source = undefined;
      for (const name of ['content-type', 'content-length']) request.headers.delete(name);
    }
  }
}

function failed(cause: unknown): TypeError {
  return Object.assign(new TypeError('fetch failed'), { cause });
}

/** As undici's defaults, as far as a server sees them. */
const DEFAULTS: [string, string][] = [
  ['accept', '*/*'],
  ['accept-language', '*'],
  ['sec-fetch-mode', 'cors'],
  ['user-agent', 'node'],
];

function send(
  url: string,
  method: string,
  { headers, signal }: Request,
  bytes: Uint8Array | undefined,
  source: AsyncIterable<Uint8Array> | undefined,
): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const list: Record<string, string> = {};
    for (const [name, value] of headers) list[name] = value;
    for (const [name, value] of DEFAULTS) list[name] ??= value;
    if (bytes) list['content-length'] = String(bytes.length);
    else if (!source && /^(?:POST|PUT)$/.test(method)) list['content-length'] = '0';
    // A host that is not the lab throws here, in the name of the learner's line.
    const req = httpRequest(url, { method, headers: list }, resolve as never);
    req.on('error', ((error: Error) =>
      reject(signal?.aborted ? (signal.reason as Error) : failed(error))) as never);
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
      req.destroy();
    });
    if (bytes) return void req.end(bytes);
    if (!source) return void req.end();
    void pump(source, req).catch((error: unknown) => req.destroy(error as Error));
  });
}

async function pump(source: AsyncIterable<Uint8Array>, req: ReturnType<typeof httpRequest>): Promise<void> {
  for await (const part of source) {
    if (!req.write(part)) await new Promise((resolve) => req.once('drain', resolve as never));
  }
  req.end();
}

function headerOf(raw: string[], wanted: string): string | undefined {
  const at = raw.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === wanted);
  return at < 0 ? undefined : raw[at + 1];
}

function responseOf(incoming: Incoming, url: string, redirected: boolean, method: string): Response {
  const { statusCode: status, statusMessage: statusText, rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index]!, rawHeaders[index + 1]!);
  const none = method === 'HEAD' || status === 204 || status === 304;
  if (none) incoming.resume();
  const response = new Response(none ? null : incoming, { status, statusText, headers });
  return Object.assign(response, { url: url.replace(/#.*$/, ''), redirected, type: 'basic' });
}

export { Headers };
