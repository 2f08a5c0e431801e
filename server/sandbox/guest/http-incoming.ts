/**
 * `http.IncomingMessage`: a Readable that becomes one only when somebody reads it.
 *
 * Constructing a stream was 70 % of a sandboxed request, and most handlers never read a body: the
 * stream's state is an accessor on the prototype, and its first use builds it.
 */
import { readHeaders, type RequestFields } from '../request-text.ts';
import { call } from './bridge.ts';
import { asBuffer } from './buffer.ts';
import { EventEmitter, type Listener } from './events.ts';
import { responses } from './exchanges.ts';
import { readAddresses, type Socket, socketOf } from './net-socket.ts';
import { nodeError } from './node-error.ts';
import { Readable } from './stream.ts';
import { nextTick } from './tasks.ts';

/** Of these a second value is dropped (RFC 9110 §5.3 forbids lists; Node's `matchKnownFields`). */
const SINGLE = new Set(
  (
    'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since ' +
    'last-modified location max-forwards proxy-authorization referer retry-after server user-agent'
  ).split(' '),
);
/** Events for which the main thread must report the end of the exchange. */
const WATCHED = new Set(['close', 'aborted', 'error', 'end']);

export class IncomingMessage extends Readable {
  declare id: number;
  declare method: string;
  declare url: string;
  declare httpVersion: string;
  declare aborted: boolean;
  declare complete: boolean;
  declare upgrade: boolean;
  declare statusCode: number | null;
  declare statusMessage: string | null;
  declare connectionId: number;
  /** As in `RequestMessage`. */
  declare addresses: string;
  /** Bytes handed to the stream since the host was last told. */
  declare given: number;
  declare ended: boolean;
  /** The host reads the body for this message. */
  declare asked: boolean;
  declare trailersRead: string[] | undefined;
  /** The request's message, until its headers are read. */
  declare text: string;
  declare rawHeadersRead: string[] | undefined;
  declare headersRead: Record<string, string | string[]> | undefined;

  get rawHeaders(): string[] {
    return (this.rawHeadersRead ??= readHeaders(this.text));
  }
  set rawHeaders(value: string[]) {
    this.rawHeadersRead = value;
  }
  get headers(): Record<string, string | string[]> {
    return (this.headersRead ??= fold(this.rawHeaders));
  }
  set headers(value: Record<string, string | string[]>) {
    this.headersRead = value;
  }
  get headersDistinct(): Record<string, string[]> {
    return distinct(this.rawHeaders);
  }
  get rawTrailers(): string[] {
    return this.trailersRead ?? [];
  }
  get trailers(): Record<string, string | string[]> {
    return fold(this.rawTrailers);
  }
  get trailersDistinct(): Record<string, string[]> {
    return distinct(this.rawTrailers);
  }
  get httpVersionMajor(): number {
    return Number(this.httpVersion.split('.')[0]);
  }
  get httpVersionMinor(): number {
    return Number(this.httpVersion.split('.')[1]);
  }
  get socket(): Socket {
    return socketOf(this.connectionId, readAddresses(this.addresses));
  }
  get connection(): Socket {
    return this.socket;
  }

  setTimeout(ms: number, callback?: Listener): this {
    this.socket.setTimeout(ms, callback);
    return this;
  }

  /** Listeners that do not concern the body leave the stream unbuilt. */
  override on(event: string | symbol, listener: Listener): this {
    if (typeof event === 'string' && WATCHED.has(event)) responses.get(this.id)?.watch();
    if (event === 'data' || event === 'readable') return super.on(event, listener);
    return EventEmitter.prototype.on.call(this, event, listener) as unknown as this;
  }
  addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  _read(): void {
    if (this.ended) return;
    this.asked = true;
    call({ op: 'read', request: this.id, taken: this.given });
    this.given = 0;
  }

  /** Who destroys a message that has not ended wants nothing more of its connection (Node's _destroy). */
  dropConnection(): void {
    call({ op: 'socketDestroy', socket: this.connectionId, call: { name: 'req.destroy' } });
  }

  _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true;
      (this as unknown as EventEmitter).emit('aborted');
      this.dropConnection();
    }
    const told = error && (this as unknown as EventEmitter).listenerCount('error') > 0 ? error : null;
    nextTick(() => done(told));
  }
}

Object.defineProperty(IncomingMessage.prototype, '_readableState', {
  get(this: IncomingMessage) {
    Readable.call(this, {});
    if (this.ended) this.push(null);
    return this._readableState;
  },
  set(this: IncomingMessage, value: unknown) {
    Object.defineProperty(this, '_readableState', {
      value,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  },
  configurable: true,
});

/** What every message begins with, shared until one of them sets its own. */
Object.assign(IncomingMessage.prototype, {
  aborted: false,
  asked: false,
  complete: true,
  ended: true,
  given: 0,
  upgrade: false,
  statusCode: null,
  statusMessage: null,
});

/** Somebody wants to hear how the exchange ends. */
export function isHeard(message: IncomingMessage): boolean {
  const events = message as unknown as EventEmitter;
  return (
    events.listenerCount('close') > 0 ||
    events.listenerCount('aborted') > 0 ||
    events.listenerCount('error') > 0
  );
}

/** True once somebody has used the message as a stream. */
function isStream(message: IncomingMessage): boolean {
  return Object.hasOwn(message, '_readableState');
}

/** @param text of the message that `fields` were read from */
export function makeIncoming(fields: RequestFields, text: string): IncomingMessage {
  const incoming = Object.create(IncomingMessage.prototype) as IncomingMessage;
  incoming.connectionId = Number(fields[2]);
  incoming.id = Number(fields[3]);
  incoming.method = fields[4];
  incoming.url = fields[5];
  incoming.httpVersion = fields[6];
  if (fields[7] === 'body') incoming.complete = incoming.ended = false;
  incoming.addresses = fields[9];
  incoming.text = text;
  return incoming;
}

export function takeBody(message: IncomingMessage, bytes: Uint8Array): void {
  message.given += bytes.length;
  message.push(asBuffer(bytes));
}

export function endBody(message: IncomingMessage, trailers: string[]): void {
  message.trailersRead = trailers;
  message.complete = true;
  message.ended = true;
  if (isStream(message)) message.push(null);
}

/** The connection broke before the body was complete. */
export function loseBody(message: IncomingMessage): void {
  if (!message.destroyed) message.destroy(nodeError('ECONNRESET', 'aborted'));
}

/** The exchange is over. A body that is being read goes on; an unread one is dropped, as by node's `_dump`. */
export function closeIncoming(message: IncomingMessage, aborted: boolean): void {
  if (aborted) return loseBody(message);
  if (message.asked && !message.ended) return;
  const events = message as unknown as EventEmitter;
  message.complete = true;
  if (isStream(message)) {
    if (!message.ended) endBody(message, []);
    if (!message.destroyed && !message.readableEnded) message.resume();
    return;
  }
  nextTick(() => {
    events.emit('end');
    events.emit('close');
  });
}

function fold(raw: string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    const value = raw[index + 1]!;
    const known = headers[name];
    if (name === 'set-cookie')
      headers[name] = known === undefined ? [value] : [...(known as string[]), value];
    else if (known === undefined) headers[name] = value;
    else if (!SINGLE.has(name))
      headers[name] = `${known as string}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
}

function distinct(raw: string[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2)
    (headers[raw[index]!.toLowerCase()] ??= []).push(raw[index + 1]!);
  return headers;
}
