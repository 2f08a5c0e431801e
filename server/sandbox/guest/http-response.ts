/**
 * `http.ServerResponse`: collects what the learner says and hands it to the main thread's node:http,
 * which does the framing. Checks and errors are Node's (lib/_http_outgoing.js, lib/_http_server.js).
 */
import { RESPOND } from '../protocol.ts';
import { call } from './bridge.ts';
import type { Listener } from './events.ts';
import { responses, touch } from './exchanges.ts';
import type { IncomingMessage } from './http-incoming.ts';
import { ResponseHead } from './http-response-head.ts';
import {
  checkChunk,
  failLater,
  inform,
  keepLength,
  refusal,
  sendPart,
  sizeOf,
} from './http-response-parts.ts';
import { checkName, checkValue } from './http-validate.ts';
import type { Socket } from './net-socket.ts';
import { nodeError, nodeTypeError } from './node-error.ts';
import { callSite } from './positions.ts';
import type { PromisedLength } from './promised-length.ts';
import { bodyPart, type Callback } from './sending.ts';
import { nextTick } from './tasks.ts';
import type { Awaited } from './unanswered.ts';

/** Node's default for writable streams; above it `write()` answers false. */
const HIGH_WATER_MARK = 16 * 1024;
const WATCHED = new Set(['finish', 'close', 'error']);

export class ServerResponse extends ResponseHead {
  declare req: IncomingMessage;
  declare id: number;
  declare finished: boolean;
  declare destroyed: boolean;
  declare closed: boolean;
  declare errored: Error | null;
  declare writableNeedDrain: boolean;
  declare strictContentLength: boolean;
  // The shim's own state, as in `OutgoingHeaders`.
  declare headSent: boolean;
  declare trailersGiven: [string, string][] | undefined;
  /** The main thread reports how the exchange ends. */
  declare endWatched: boolean;
  /** Somebody listens to the response itself: it is called whoever else has let go of it. */
  declare isListenedTo: boolean;
  /** Set when the handler has returned without an answer. */
  declare awaited: Awaited | undefined;
  declare promisedLength: PromisedLength | undefined;
  /** Bytes written in this turn; the host says by `full` when the socket itself is behind. */
  declare bytesThisTurn: number;
  declare socketFull: boolean;
  declare corks: number;

  constructor(req: IncomingMessage) {
    super();
    this.req = req;
    this.id = req.id;
  }

  get writableEnded(): boolean {
    return this.finished;
  }
  get writableFinished(): boolean {
    return this.finished && !this.socketFull;
  }
  get writable(): boolean {
    return !this.finished && !this.destroyed;
  }
  get writableLength(): number {
    return this.bytesThisTurn;
  }
  get writableHighWaterMark(): number {
    return HIGH_WATER_MARK;
  }
  get writableCorked(): number {
    return this.corks;
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
    if (this.endWatched) return;
    this.endWatched = true;
    if (!responses.has(this.id)) responses.set(this.id, this);
    call({ op: 'watch', request: this.id });
  }
  override on(event: string | symbol, listener: Listener): this {
    if (!this.closed) {
      this.isListenedTo = true;
      if (this.awaited) responses.set(this.id, this);
      if (typeof event === 'string' && WATCHED.has(event)) this.watch();
    }
    return super.on(event, listener) as this;
  }
  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  write(chunk: unknown, encoding?: string | Callback | null, callback?: Callback): boolean {
    const done = typeof encoding === 'function' ? encoding : callback;
    if (chunk === null) throw nodeTypeError('ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    checkChunk(chunk);
    const refused = refusal(this);
    if (refused) {
      failLater(this, refused, done);
      return false;
    }
    if (this.strictContentLength) keepLength(this, chunk, false);
    this.bytesThisTurn += sizeOf(chunk);
    const room = !this.socketFull && this.bytesThisTurn < HIGH_WATER_MARK;
    if (!room) this.writableNeedDrain = true;
    touch(this);
    const part = bodyPart(chunk, encodingOf(encoding));
    sendPart(this, 'res.write', ServerResponse.prototype.write, part, done, room ? 0 : RESPOND.drain);
    return room;
  }

  end(chunk?: unknown, encoding?: string | Callback | null, callback?: Callback): this {
    if (typeof chunk === 'function') return this.end(undefined, undefined, chunk as Callback);
    const done = typeof encoding === 'function' ? encoding : callback;
    // What is falsy is no chunk, also to Node.
    const last = chunk || undefined;
    if (last !== undefined) checkChunk(last);
    if (this.finished) {
      if (last !== undefined)
        failLater(this, nodeError('ERR_STREAM_WRITE_AFTER_END', 'write after end'), done);
      else if (done) endAgain(this, done);
      return this;
    }
    const refused = refusal(this);
    if (refused) {
      if (done) nextTick(done as never, refused);
      return this;
    }
    if (done) this.once('finish', done as Listener);
    if (this.strictContentLength) keepLength(this, last, true);
    // Nobody listens and nothing is left to read: the main thread need not report the end.
    const forget = !this.endWatched && this.req.ended;
    const part = last === undefined ? undefined : bodyPart(last, encodingOf(encoding));
    const flags = forget ? RESPOND.end | RESPOND.forget : RESPOND.end;
    sendPart(this, 'res.end', ServerResponse.prototype.end, part, undefined, flags);
    this.finished = true;
    if (forget) responses.delete(this.id);
    if (this._events) this.emit('prefinish');
    return this;
  }

  flushHeaders(): void {
    if (this.headSent || this.finished) return;
    sendPart(this, 'res.flushHeaders', ServerResponse.prototype.flushHeaders, undefined, undefined, 0);
  }

  addTrailers(headers: Record<string, string> | [string, string][]): void {
    const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
    for (const [name, value] of pairs) {
      checkName(name, 'Trailer name');
      checkValue(name, value, 'trailer content');
    }
    this.trailersGiven = [
      ...(this.trailersGiven ?? []),
      ...pairs.map(([name, value]) => [name, String(value)] as [string, string]),
    ];
  }

  writeContinue(callback?: Callback): void {
    inform(this, 'continue', 'res.writeContinue', ServerResponse.prototype.writeContinue, callback);
  }
  writeProcessing(): void {
    inform(this, 'processing', 'res.writeProcessing', ServerResponse.prototype.writeProcessing);
  }
  writeEarlyHints(hints: Record<string, string | string[]>, callback?: Callback): void {
    const method = ServerResponse.prototype.writeEarlyHints;
    inform(this, 'earlyHints', 'res.writeEarlyHints', method, callback, Object.entries(hints));
  }

  setTimeout(ms: number, callback?: Listener): this {
    if (callback) this.on('timeout', callback);
    this.watch();
    call({ op: 'responseTimeout', request: this.id, ms });
    return this;
  }
  cork(): void {
    this.corks += 1;
  }
  uncork(): void {
    this.corks = Math.max(0, this.corks - 1);
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    if (this.awaited) this.awaited.settled = true;
    this.errored = error ?? null;
    const position = callSite(ServerResponse.prototype.destroy);
    call({ op: 'destroyRequest', request: this.id, call: { name: 'res.destroy', position } });
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
    this.socketFull = false;
    this.bytesThisTurn = 0;
    if (!this.writableNeedDrain) return;
    this.writableNeedDrain = false;
    this.emit('drain');
  }
  filled(): void {
    this.socketFull = true;
  }
  didFinish(): void {
    this.socketFull = false;
    this.emit('finish');
  }
  didClose(): void {
    responses.delete(this.id);
    if (this.closed) return;
    if (this.awaited) this.awaited.settled = true;
    this.closed = true;
    this.destroyed = true;
    this.emit('close');
  }
  turnEnded(): void {
    if (!this.socketFull && !this.writableNeedDrain) this.bytesThisTurn = 0;
  }
}

Object.assign(ServerResponse.prototype, {
  finished: false,
  destroyed: false,
  closed: false,
  errored: null,
  writableNeedDrain: false,
  strictContentLength: false,
  headSent: false,
  trailersGiven: undefined,
  endWatched: false,
  isListenedTo: false,
  awaited: undefined,
  promisedLength: undefined,
  bytesThisTurn: 0,
  socketFull: false,
  corks: 0,
});

/** What `new ServerResponse(req)` makes, without the four constructors: all they do is below. */
export function makeResponse(req: IncomingMessage): ServerResponse {
  const response = Object.create(ServerResponse.prototype) as ServerResponse;
  response.req = req;
  response.id = req.id;
  return response;
}

/** `end(callback)` of a response that has ended. */
function endAgain(response: ServerResponse, callback: Callback): void {
  if (!response.writableFinished) return void response.once('finish', callback as Listener);
  callback(nodeError('ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'));
}

function encodingOf(encoding: unknown): string | undefined {
  return typeof encoding === 'string' ? encoding : undefined;
}
