/**
 * `http.ServerResponse`: collects what the learner says and hands it to the main thread's node:http,
 * which does the framing. Checks and errors are Node's (lib/_http_outgoing.js, lib/_http_server.js).
 */
import { HEAD, RESPOND, type BodyPart, type ResponseHead } from '../protocol.ts';
import { call } from './bridge.ts';
import { Buffer } from './buffer.ts';
import { Emitter, type Listener } from './events.ts';
import { Exchanges } from './exchanges.ts';
import type { IncomingMessage } from './http-incoming.ts';
import type { Socket } from './net-socket.ts';
import { acknowledge, bodyPart } from './sending.ts';
import { STATUS_CODES } from './http-status.ts';
import { checkName, checkValue, isForbiddenReason } from './http-validate.ts';
import { invalidArgument, invalidValue, nodeError, nodeRangeError, nodeTypeError } from './node-error.ts';
import { callSite, siteOf } from './positions.ts';
import { PromisedLength } from './promised-length.ts';
import { nextTick } from './tasks.ts';
import type { Awaited } from './unanswered.ts';

type Callback = (error?: Error | null) => void;
type HeaderValue = string | number | readonly string[];
type HeadersGiven = Record<string, unknown> | unknown[];

/** Node's default for writable streams; above it `write()` answers false. */
const HIGH_WATER_MARK = 16 * 1024;
const WATCHED = new Set(['finish', 'close', 'error']);
/** Headers that node:http adds unless they were removed. */
const OWN_HEADERS = new Set(['connection', 'content-length', 'transfer-encoding', 'date']);

export class ServerResponse extends Emitter {
  readonly req: IncomingMessage;
  readonly id: number;
  // Defaults lie on the prototype: most responses set two of them.
  declare statusCode: number;
  declare statusMessage: string | undefined;
  declare sendDate: boolean;
  declare shouldKeepAlive: boolean;
  declare finished: boolean;
  declare destroyed: boolean;
  declare closed: boolean;
  declare errored: Error | null;
  declare writableNeedDrain: boolean;
  declare strictContentLength: boolean;
  /** By lower-case name: the name as written, and the value. */
  #headers: Map<string, [string, HeaderValue]> | undefined;
  /** Set once `writeHead` has run or the head is on its way. */
  #written: ResponseHead[3] = 0;
  #headMade = false;
  #headSent = false;
  #removed: string[] | undefined;
  #trailers: [string, string][] | undefined;
  #watched = false;
  #listenedTo = false;
  /** Set when the handler has returned without an answer. */
  awaited: Awaited | undefined;
  /** Bytes written in this turn; the host says by `full` when the socket itself is behind. */
  #pending = 0;
  #full = false;
  #corked = 0;
  #length: PromisedLength | undefined;

  constructor(req: IncomingMessage) {
    super();
    this.req = req;
    this.id = req.id;
  }

  get headersSent(): boolean {
    return this.#headMade;
  }
  get writableEnded(): boolean {
    return this.finished;
  }
  get writableFinished(): boolean {
    return this.finished && !this.#full;
  }
  get writable(): boolean {
    return !this.finished && !this.destroyed;
  }
  get writableLength(): number {
    return this.#pending;
  }
  get writableHighWaterMark(): number {
    return HIGH_WATER_MARK;
  }
  get writableCorked(): number {
    return this.#corked;
  }
  get writableObjectMode(): boolean {
    return false;
  }
  get socket(): Socket | null {
    return this.closed ? null : this.req.socket;
  }
  get connection(): Socket | null {
    return this.socket;
  }

  /** Asks the main thread to report how this exchange ends. */
  watch(): void {
    if (this.#watched) return;
    this.#watched = true;
    if (!live.has(this.id)) live.set(this.id, this);
    call({ op: 'watch', request: this.id });
  }
  /** Somebody listens to the response itself: it is called whoever else has let go of it. */
  get isListenedTo(): boolean {
    return this.#listenedTo;
  }
  override on(event: string | symbol, listener: Listener): this {
    if (!this.closed) {
      this.#listenedTo = true;
      if (this.awaited) live.set(this.id, this);
      if (typeof event === 'string' && WATCHED.has(event)) this.watch();
    }
    return super.on(event, listener) as this;
  }
  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  setHeader(name: string, value: HeaderValue): this {
    if (this.#headMade) throw headersSent('set');
    checkName(name);
    checkValue(name, value);
    (this.#headers ??= new Map()).set(name.toLowerCase(), [name, value]);
    return this;
  }
  setHeaders(headers: Iterable<[string, HeaderValue]>): this {
    if (this.#headMade) throw headersSent('set');
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }
  appendHeader(name: string, value: string | string[]): this {
    if (this.#headMade) throw headersSent('append');
    checkName(name);
    checkValue(name, value);
    const known = this.#headers?.get(name.toLowerCase())?.[1];
    if (known === undefined) return this.setHeader(name, value);
    const all = [
      ...(Array.isArray(known) ? (known as string[]) : [String(known)]),
      ...(Array.isArray(value) ? value : [value]),
    ];
    return this.setHeader(name, all);
  }
  getHeader(name: string): HeaderValue | undefined {
    return this.#headers?.get(headerKey(name))?.[1];
  }
  hasHeader(name: string): boolean {
    return this.#headers?.has(headerKey(name)) ?? false;
  }
  removeHeader(name: string): void {
    const key = headerKey(name);
    if (this.#headMade) throw headersSent('remove');
    this.#headers?.delete(key);
    // node:http remembers which of its own the program does not want (lib/_http_outgoing.js, removeHeader).
    if (OWN_HEADERS.has(key)) (this.#removed ??= []).push(key);
    if (key === 'date') this.sendDate = false;
  }
  getHeaderNames(): string[] {
    return [...(this.#headers?.keys() ?? [])];
  }
  getRawHeaderNames(): string[] {
    return [...(this.#headers?.values() ?? [])].map(([name]) => name);
  }
  getHeaders(): Record<string, HeaderValue> {
    const headers = Object.create(null) as Record<string, HeaderValue>;
    for (const [key, [, value]] of this.#headers ?? []) headers[key] = value;
    return headers;
  }

  writeHead(statusCode: number, reason?: string | HeadersGiven, headers?: HeadersGiven): this {
    if (this.#headMade)
      throw nodeError('ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client');
    const status = Number(statusCode) | 0;
    if (status < 100 || status > 999) {
      throw nodeRangeError('ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${statusCode}`);
    }
    const given = typeof reason === 'string' ? headers : (reason ?? headers);
    this.statusMessage =
      typeof reason === 'string' ? reason : (this.statusMessage ?? STATUS_CODES[status] ?? 'unknown');
    this.statusCode = status;
    if (isForbiddenReason(this.statusMessage))
      throw nodeTypeError('ERR_INVALID_CHAR', 'Invalid character in statusMessage');
    this.#written = this.#headers ? this.#mergeHeaders(given) : (rawHeaders(given) ?? 1);
    this.#headMade = true;
    return this;
  }

  /** Headers of `writeHead` replace those set before, one by one. */
  #mergeHeaders(given: HeadersGiven | undefined): 1 {
    if (Array.isArray(given)) {
      const pairs = pairsOf(given);
      for (const [name] of pairs) this.removeHeader(name);
      for (const [name, value] of pairs) this.appendHeader(name, value as string);
    } else if (given) {
      for (const [name, value] of Object.entries(given))
        if (name !== '') this.setHeader(name, value as HeaderValue);
    }
    return 1;
  }

  write(chunk: unknown, encoding?: string | Callback | null, callback?: Callback): boolean {
    const done = typeof encoding === 'function' ? encoding : callback;
    if (chunk === null) throw nodeTypeError('ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    checkChunk(chunk);
    const refused = this.#refusal('write');
    if (refused) {
      this.#fail(refused, done);
      return false;
    }
    if (this.strictContentLength) this.#keepLength(chunk, false);
    this.#pending += sizeOf(chunk);
    const room = !this.#full && this.#pending < HIGH_WATER_MARK;
    if (!room) this.writableNeedDrain = true;
    touched.add(this);
    this.#send(
      'res.write',
      ServerResponse.prototype.write,
      bodyPart(chunk, encodingOf(encoding)),
      done,
      room ? 0 : RESPOND.drain,
    );
    return room;
  }

  end(chunk?: unknown, encoding?: string | Callback | null, callback?: Callback): this {
    if (typeof chunk === 'function') return this.#end(undefined, undefined, chunk as Callback);
    const done = typeof encoding === 'function' ? encoding : callback;
    // What is falsy is no chunk, also to Node.
    return this.#end(chunk || undefined, encodingOf(encoding), done);
  }

  #end(chunk: unknown, encoding: string | undefined, callback: Callback | undefined): this {
    if (chunk !== undefined) checkChunk(chunk);
    if (this.finished) {
      if (chunk !== undefined)
        this.#fail(nodeError('ERR_STREAM_WRITE_AFTER_END', 'write after end'), callback);
      else if (callback) {
        if (this.writableFinished)
          callback(nodeError('ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'));
        else super.once('finish', callback as Listener);
      }
      return this;
    }
    const destroyed = this.#refusal('write');
    if (destroyed) {
      if (callback) nextTick(callback as never, destroyed);
      return this;
    }
    if (callback) this.once('finish', callback as Listener);
    if (this.strictContentLength) this.#keepLength(chunk, true);
    const part = chunk === undefined ? undefined : bodyPart(chunk, encoding);
    this.finished = true;
    // Nobody listens and nothing is left to read: the main thread need not report the end.
    const forget = !this.#watched && this.req.ended;
    this.#send(
      'res.end',
      ServerResponse.prototype.end,
      part,
      undefined,
      forget ? RESPOND.end | RESPOND.forget : RESPOND.end,
    );
    if (forget) live.delete(this.id);
    this.emit('prefinish');
    return this;
  }

  #keepLength(chunk: unknown, last: boolean): void {
    if (this.req.method === 'HEAD' || [204, 304].includes(this.statusCode)) return;
    const headers = [
      ...(this.#headers?.values() ?? []),
      ...(Array.isArray(this.#written) ? this.#written : []),
    ];
    const length = (this.#length ??= new PromisedLength());
    if (this.#headMade) length.promise(headers);
    if (chunk !== undefined) length.add(Buffer.byteLength(chunk), last);
    length.promise(headers);
    if (last) length.finish();
  }

  flushHeaders(): void {
    if (!this.#headSent && !this.finished)
      this.#send('res.flushHeaders', ServerResponse.prototype.flushHeaders, undefined, undefined, 0);
  }

  addTrailers(headers: Record<string, string> | [string, string][]): void {
    const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
    for (const [name, value] of pairs) {
      checkName(name, 'Trailer name');
      checkValue(name, value, 'trailer content');
    }
    this.#trailers = [
      ...(this.#trailers ?? []),
      ...pairs.map(([name, value]) => [name, String(value)] as [string, string]),
    ];
  }

  writeContinue(callback?: Callback): void {
    this.#inform(
      'continue',
      'res.writeContinue',
      ServerResponse.prototype.writeContinue,
      undefined,
      callback,
    );
  }
  writeProcessing(): void {
    this.#inform('processing', 'res.writeProcessing', ServerResponse.prototype.writeProcessing);
  }
  writeEarlyHints(hints: Record<string, string | string[]>, callback?: Callback): void {
    this.#inform(
      'earlyHints',
      'res.writeEarlyHints',
      ServerResponse.prototype.writeEarlyHints,
      Object.entries(hints),
      callback,
    );
  }
  #inform(
    kind: 'continue' | 'processing' | 'earlyHints',
    name: string,
    above: { readonly name: string },
    hints?: [string, string | string[]][],
    callback?: Callback,
  ): void {
    call({ op: 'informational', request: this.id, call: { name, position: callSite(above) }, kind, hints });
    if (callback) nextTick(callback as never);
  }

  setTimeout(ms: number, callback?: Listener): this {
    if (callback) this.on('timeout', callback);
    this.watch();
    call({ op: 'responseTimeout', request: this.id, ms });
    return this;
  }
  cork(): void {
    this.#corked += 1;
  }
  uncork(): void {
    this.#corked = Math.max(0, this.#corked - 1);
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    if (this.awaited) this.awaited.settled = true;
    this.errored = error ?? null;
    call({
      op: 'destroyRequest',
      request: this.id,
      call: { name: 'res.destroy', position: callSite(ServerResponse.prototype.destroy) },
    });
    return this;
  }
  pipe(): void {
    super.emit('error', nodeError('ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
  }
  assignSocket(): void {
    throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'The assignSocket() method is not implemented in a lab');
  }

  /** The host's news. */
  drained(): void {
    this.#full = false;
    this.#pending = 0;
    if (!this.writableNeedDrain) return;
    this.writableNeedDrain = false;
    this.emit('drain');
  }
  filled(): void {
    this.#full = true;
  }
  didFinish(): void {
    this.#full = false;
    this.emit('finish');
  }
  didClose(): void {
    live.delete(this.id);
    if (this.closed) return;
    if (this.awaited) this.awaited.settled = true;
    this.closed = true;
    this.destroyed = true;
    this.emit('close');
  }
  turnEnded(): void {
    if (!this.#full && !this.writableNeedDrain) this.#pending = 0;
  }

  #refusal(action: string): Error | undefined {
    if (this.finished) return nodeError('ERR_STREAM_WRITE_AFTER_END', 'write after end');
    if (this.destroyed)
      return nodeError('ERR_STREAM_DESTROYED', `Cannot call ${action} after a stream was destroyed`);
    return undefined;
  }

  /** As Node's onError: the callback and the event come later; a destroyed response emits none. */
  #fail(error: Error, callback: Callback | undefined): void {
    nextTick(() => {
      callback?.(error);
      if (!this.destroyed) this.emit('error', error);
    });
  }

  #send(
    name: string,
    above: { readonly name: string },
    part: BodyPart | undefined,
    callback: Callback | undefined,
    flags: number,
  ): void {
    const head = this.#headSent ? 0 : this.#head();
    if (this.awaited) {
      this.awaited.begun = true;
      if (flags & RESPOND.end) this.awaited.settled = true;
    }
    this.#headMade = true;
    this.#headSent = true;
    const [body, encoding] =
      part === undefined ? ([0, 0] as const) : part === true ? ([1, 0] as const) : [part.text, part.encoding];
    const trailers = (flags & RESPOND.end && this.#trailers) || 0;
    call([
      'respond',
      this.id,
      siteOf(above, name),
      flags,
      acknowledge(callback) ?? 0,
      body,
      encoding,
      head,
      trailers,
    ]);
  }

  #head(): ResponseHead {
    if (!this.#headMade) this.#checkImplicitHead();
    const set: ResponseHead[2] = [];
    if (this.#headers) for (const [name, value] of this.#headers.values()) set.push([name, textOf(value)]);
    const flags = (this.sendDate ? 0 : HEAD.noDate) | (this.shouldKeepAlive ? 0 : HEAD.noKeepAlive);
    const statusMessage = this.statusMessage === undefined ? 0 : String(this.statusMessage);
    return [this.statusCode, statusMessage, set, this.#written, this.#removed ?? 0, flags];
  }

  #checkImplicitHead(): void {
    if (this.statusCode < 100 || this.statusCode > 999) {
      throw nodeRangeError('ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${this.statusCode}`);
    }
    if (this.statusMessage !== undefined && isForbiddenReason(String(this.statusMessage))) {
      throw nodeTypeError('ERR_INVALID_CHAR', 'Invalid character in statusMessage');
    }
  }
}

Object.assign(ServerResponse.prototype, {
  statusCode: 200,
  statusMessage: undefined,
  sendDate: true,
  shouldKeepAlive: true,
  finished: false,
  destroyed: false,
  closed: false,
  errored: null,
  writableNeedDrain: false,
  strictContentLength: false,
});

/** Responses the main thread may still have news of. */
export const live = new Exchanges<ServerResponse>();
/** Responses written to in this turn. */
const touched = new Set<ServerResponse>();

export function endResponsesTurn(): void {
  for (const response of touched) response.turnEnded();
  touched.clear();
}

function headersSent(action: string): Error {
  return nodeError('ERR_HTTP_HEADERS_SENT', `Cannot ${action} headers after they are sent to the client`);
}

function headerKey(name: unknown): string {
  if (typeof name !== 'string') throw invalidArgument('name', 'of type string', name);
  return name.toLowerCase();
}

function encodingOf(encoding: unknown): string | undefined {
  return typeof encoding === 'string' ? encoding : undefined;
}

function checkChunk(chunk: unknown): void {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return;
  throw invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
}

function sizeOf(chunk: unknown): number {
  if (chunk instanceof Uint8Array) return chunk.length;
  const text = chunk as string;
  return text.length < 1024 ? text.length : Buffer.byteLength(text);
}

function textOf(value: HeaderValue): string | string[] {
  return Array.isArray(value) ? value.map(String) : String(value);
}

function pairsOf(list: unknown[]): [string, unknown][] {
  if (Array.isArray(list[0])) return list as [string, unknown][];
  if (list.length % 2 !== 0) throw invalidValue('headers', list, 'is invalid');
  const pairs: [string, unknown][] = [];
  for (let index = 0; index < list.length; index += 2) pairs.push([list[index] as string, list[index + 1]]);
  return pairs;
}

/** Headers given to `writeHead` alone reach the wire as they are, duplicates and order included. */
function rawHeaders(given: HeadersGiven | undefined): [string, string | string[]][] | undefined {
  if (!given) return undefined;
  const raw: [string, string | string[]][] = [];
  const add = (name: string, value: unknown): void => {
    checkName(name);
    checkValue(name, value);
    raw[raw.length] = [name, textOf(value as HeaderValue)];
  };
  if (Array.isArray(given)) for (const [name, value] of pairsOf(given)) add(name, value);
  else for (const name of Object.keys(given)) if (name !== '') add(name, given[name]);
  return raw;
}
