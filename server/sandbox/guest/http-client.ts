/**
 * `http.request` to the lab's own ports: collects what the learner says; the main thread's node:http frames
 * it and reads the answer. Checks and errors are Node's (lib/_http_client.js).
 */
import type { BodyPart, ToClient } from '../protocol.ts';
import { call } from './bridge.ts';
import { asBuffer, Buffer } from './buffer.ts';
import type { Listener } from './events.ts';
import { type Client, clients, type ClientResponse, makeResponse } from './http-clients.ts';
import { OutgoingHeaders } from './http-headers.ts';
import { readAddresses, type Socket, socketOf } from './net-socket.ts';
import { invalidArgument, nodeError, nodeTypeError, systemError } from './node-error.ts';
import { checkOwnHost, checkPort } from './own-ports.ts';
import { hold, release } from './references.ts';
import { acknowledge, bodyPart, type Callback } from './sending.ts';
import { nextTick } from './tasks.ts';

const HIGH_WATER_MARK = 16 * 1024;
/** Events node:http handles differently when somebody listens. */
const WANTED = ['upgrade', 'connect', 'continue', 'information'];
let clientIds = 0;

export interface RequestOptions {
  protocol?: string | null;
  host?: string | null;
  hostname?: string | null;
  port?: number | string | null;
  path?: string | null;
  method?: string;
  headers?: Record<string, string | number | string[]> | readonly string[];
  auth?: string | null;
  timeout?: number;
  setHost?: boolean;
  agent?: { keepAlive?: boolean } | false;
  socketPath?: string;
  signal?: { aborted: boolean; reason?: unknown; addEventListener(type: string, run: () => void): void };
}

export class ClientRequest extends OutgoingHeaders implements Client {
  readonly id = ++clientIds;
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly protocol = 'http:';
  readonly agent: RequestOptions['agent'];
  readonly reusedSocket = false;
  readonly maxHeadersCount = null;
  aborted = false;
  destroyed = false;
  finished = false;
  closed = false;
  writableNeedDrain = false;
  timeoutCb = null;
  response: ClientResponse | undefined;
  res: ClientResponse | undefined;
  readonly #port: number;
  #connection: { id: number; addresses: string } | undefined;
  #socket: Socket | undefined;
  #error: Error | undefined;
  #pending = 0;
  #done = false;
  #trailers: [string, string][] | undefined;
  /** Calls made before the request has begun: listeners are still being added then. */
  #waiting: (() => void)[] | undefined = [];
  #began = false;

  constructor(options: RequestOptions, listener?: Listener) {
    super();
    const protocol = options.protocol ?? 'http:';
    if (protocol !== 'http:')
      throw nodeTypeError('ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "http:"`);
    const path = options.path || '/';
    if (/[^\u0021-\u00ff]/.test(path))
      throw nodeTypeError('ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
    if (options.method !== undefined && typeof options.method !== 'string')
      throw invalidArgument('options.method', 'of type string', options.method);
    this.method = (options.method ?? 'GET').toUpperCase();
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(this.method))
      throw nodeTypeError('ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${this.method}"]`);
    this.path = path;
    this.host = options.hostname || options.host || 'localhost';
    this.#port = checkPort(options.port || 80);
    checkOwnHost('http.request', this.host, this.#port);
    this.agent = options.agent;
    this.#takeHeaders(options);
    if (listener) this.once('response', listener);
    if (options.timeout !== undefined) this.setTimeout(options.timeout);
    const { signal } = options;
    if (signal?.aborted) nextTick(() => this.#abortBy(signal.reason));
    else signal?.addEventListener('abort', () => this.#abortBy(signal.reason));
    nextTick(() => this.#begin());
  }

  /** The order is Node's: the given ones, then Host, then Authorization. */
  #takeHeaders({ headers, auth, setHost = true }: RequestOptions): void {
    if (Array.isArray(headers)) {
      const list = headers as string[];
      for (let index = 0; index + 1 < list.length; index += 2)
        this.appendHeader(list[index]!, list[index + 1]!);
      return;
    }
    for (const [name, value] of Object.entries(headers ?? {})) this.setHeader(name, value as string);
    if (setHost && !this.hasHeader('host')) {
      const host = this.host.includes(':') && !this.host.startsWith('[') ? `[${this.host}]` : this.host;
      this.setHeader('Host', this.#port === 80 ? host : `${host}:${this.#port}`);
    }
    if (auth && !this.hasHeader('authorization'))
      this.setHeader('Authorization', `Basic ${Buffer.from(auth).toString('base64')}`);
  }

  get headersSent(): boolean {
    return this.headMade;
  }
  get writableEnded(): boolean {
    return this.finished;
  }
  get writableFinished(): boolean {
    return this.#done;
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
  get socket(): Socket | null {
    if (!this.#socket && this.#connection)
      this.#socket = socketOf(this.#connection.id, readAddresses(this.#connection.addresses));
    return this.#socket ?? null;
  }
  get connection(): Socket | null {
    return this.socket;
  }

  write(chunk: unknown, encoding?: string | Callback | null, callback?: Callback): boolean {
    const done = typeof encoding === 'function' ? encoding : callback;
    if (this.finished || this.destroyed) {
      this.#refuse(done);
      return false;
    }
    const part = this.#part(chunk, encoding);
    const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : (chunk as Uint8Array).length;
    this.#pending += size;
    const room = this.#pending < HIGH_WATER_MARK;
    if (!room) this.writableNeedDrain = true;
    const ack = acknowledge(() => {
      this.#pending -= size;
      done?.();
      if (!this.writableNeedDrain || this.#pending > 0) return;
      this.writableNeedDrain = false;
      this.emit('drain');
    });
    this.headMade = true;
    this.#later(() => call({ op: 'clientWrite', client: this.id, part: part(), ack }));
    return room;
  }

  end(chunk?: unknown, encoding?: string | Callback | null, callback?: Callback): this {
    if (typeof chunk === 'function') return this.end(undefined, undefined, chunk as Callback);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (this.finished) {
      if (chunk !== undefined && chunk !== null) this.#refuse(done);
      return this;
    }
    const part = chunk === undefined || chunk === null ? () => undefined : this.#part(chunk, encoding);
    this.finished = this.headMade = true;
    if (done) this.once('finish', done as Listener);
    const ack = acknowledge(() => {
      this.#done = true;
      this.emit('finish');
    });
    const trailers = this.#trailers;
    this.#later(() => call({ op: 'clientWrite', client: this.id, part: part(), ack, end: true, trailers }));
    return this;
  }
  /** Bytes are handed over with their call; until then a copy keeps them as they are. */
  #part(chunk: unknown, encoding: unknown): () => BodyPart {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
      throw invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
    const kept = typeof chunk === 'string' || !this.#waiting ? chunk : chunk.slice();
    return () => bodyPart(kept, typeof encoding === 'string' ? encoding : undefined);
  }
  flushHeaders(): void {
    this.headMade = true;
    this.#later(() => call({ op: 'clientWrite', client: this.id }));
  }
  addTrailers(trailers: Record<string, string> | [string, string][]): void {
    this.#trailers = Array.isArray(trailers) ? trailers : Object.entries(trailers);
  }
  setTimeout(ms: number, callback?: Listener): this {
    if (callback) this.once('timeout', callback);
    this.#later(() => call({ op: 'clientTimeout', client: this.id, ms: Number(ms) }));
    return this;
  }
  setNoDelay(): void {
    return undefined;
  }
  setSocketKeepAlive(): void {
    return undefined;
  }
  cork(): void {
    return undefined;
  }
  uncork(): void {
    return undefined;
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    nextTick(() => this.emit('abort'));
    this.destroy();
  }
  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.#error = error;
    if (this.response && !this.response.complete) this.response.destroy(error);
    if (this.#began) call({ op: 'clientDestroy', client: this.id });
    else nextTick(() => this.#close());
    return this;
  }

  /** The host's news. */
  take(message: ToClient, bytes: Uint8Array): void {
    switch (message.to) {
      case 'clientSocket': {
        const { remoteAddress, remotePort, remoteFamily, localAddress, localPort } = message.addresses;
        const addresses = [remoteAddress, remotePort, remoteFamily, localAddress, localPort].join(' ');
        this.#connection = { id: message.socket, addresses };
        this.#socket =
          this.listenerCount('socket') > 0 ? socketOf(message.socket, message.addresses) : undefined;
        if (this.#socket) this.emit('socket', this.#socket);
        return;
      }
      case 'clientContinue':
        return void this.emit('continue');
      case 'clientInformation': {
        const { statusCode, statusMessage, httpVersion, headers, rawHeaders } = this.#responseOf(
          message.response,
        );
        return void this.emit('information', { statusCode, statusMessage, httpVersion, headers, rawHeaders });
      }
      case 'clientResponse': {
        this.response = this.res = this.#responseOf(message.response);
        if (!this.emit('response', this.response)) this.response.resume();
        return;
      }
      case 'clientUpgrade': {
        this.res = this.#responseOf(message.response);
        this.res.upgrade = this.res.complete = this.res.ended = true;
        const socket = socketOf(message.socket, readAddresses(this.#connection?.addresses ?? ''));
        socket.handOver();
        if (!this.emit(message.kind, this.res, socket, asBuffer(bytes))) socket.destroy();
        return;
      }
      case 'clientTimeout':
        return void this.emit('timeout');
      case 'clientFailed': {
        const { code, syscall, message: words } = message.error;
        this.#error ??= syscall ? systemError(code, syscall, words, {}) : nodeError(code, words);
        return;
      }
      case 'clientClosed':
        return this.#close();
    }
  }

  #responseOf(message: Parameters<typeof makeResponse>[1]): ClientResponse {
    const response = makeResponse(this.id, message, this.#connection ?? { id: 0, addresses: '' });
    response.req = this;
    return response;
  }

  #begin(): void {
    if (this.destroyed) return;
    this.#began = true;
    hold();
    clients.set(this.id, this);
    const wants = WANTED.filter((event) => this.listenerCount(event) > 0);
    const { id: client, method, path, host } = this;
    const keepAlive = this.agent === undefined || (this.agent !== false && this.agent.keepAlive === true);
    const headers = this.headerList();
    const port = this.#port;
    call({ op: 'clientRequest', client, host, port, method, path, headers, wants, keepAlive });
    const waiting = this.#waiting!;
    this.#waiting = undefined;
    for (const work of waiting) work();
  }
  #later(work: () => void): void {
    if (this.#waiting) this.#waiting.push(work);
    else work();
  }

  #close(): void {
    if (this.closed) return;
    this.closed = this.destroyed = true;
    if (this.#began) release();
    const hangUp = !this.res && !this.#error;
    const error = hangUp ? nodeError('ECONNRESET', 'socket hang up') : this.#error;
    if (error && !this.res) this.emit('error', error);
    this.emit('close');
  }
  #refuse(done: Callback | undefined): void {
    const error = this.finished
      ? nodeError('ERR_STREAM_WRITE_AFTER_END', 'write after end')
      : nodeError('ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
    nextTick(() => {
      done?.(error);
      if (!this.destroyed) this.emit('error', error);
    });
  }
  #abortBy(reason: unknown): void {
    const error = nodeError('ABORT_ERR', 'The operation was aborted');
    error.name = 'AbortError';
    this.destroy(Object.assign(error, { cause: reason }));
  }
}
