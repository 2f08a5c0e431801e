/**
 * One request and its response on the main thread.
 *
 * In: the guest's calls for this response. Out: bytes, through node:http, in the name of the guest's line.
 * Lives until the response's `close`; tells the guest of it unless the guest has said that it need not.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FromGuest, ResponseHead } from '../protocol.ts';
import type { GuestLink } from './link.ts';

type Call<Op extends FromGuest['op']> = Extract<FromGuest, { op: Op }>;

export class Exchange {
  readonly id: number;
  readonly req: IncomingMessage;
  readonly socket: Duplex;
  /** A body follows the head, so the guest must wait for its end. */
  readonly hasBody: boolean;
  readonly #res: ServerResponse;
  readonly #link: GuestLink;
  #reading = false;
  /** Body bytes the guest has not taken yet. */
  #underWay = 0;
  #watched = false;
  #forgotten = false;

  constructor(
    id: number,
    req: IncomingMessage,
    res: ServerResponse,
    socket: Duplex,
    link: GuestLink,
    closed: () => void,
  ) {
    this.id = id;
    this.req = req;
    this.socket = socket;
    this.#res = res;
    this.#link = link;
    // RFC 9112 §6: a request has a body when one of these says so.
    this.hasBody =
      req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
    res.once('close', () => {
      closed();
      if (!this.#forgotten || this.#watched)
        link.tell({ to: 'close', request: id, aborted: !res.writableFinished });
    });
    // What a broken connection does to a response is told by `close`.
    res.on('error', () => undefined);
    req.on('error', () => undefined);
  }

  respond(call: Call<'respond'>, chunk: Buffer | undefined): void {
    const res = this.#res;
    this.#link.host.attribute(call.call, () => {
      if (call.head) applyHead(res, call.head);
      if (call.trailers) res.addTrailers(call.trailers);
      if (call.end) {
        this.#forgotten = call.forget === true;
        if (chunk) res.end(chunk);
        else res.end();
      } else if (chunk) this.#write(call, chunk);
      else res.flushHeaders();
      flush(this.socket);
    });
  }

  inform(call: Call<'informational'>): void {
    const res = this.#res;
    this.#link.host.attribute(call.call, () => {
      if (call.kind === 'continue') res.writeContinue();
      else if (call.kind === 'processing') res.writeProcessing();
      else res.writeEarlyHints(Object.fromEntries(call.hints ?? []));
      flush(this.socket);
    });
  }

  /** Starts or goes on reading the body; the socket waits while the guest is behind. */
  read(taken: number): void {
    const { req } = this;
    this.#underWay = Math.max(0, this.#underWay - taken);
    if (this.#reading) {
      if (req.isPaused() && this.#underWay < this.#link.limits.bodyWindowBytes) req.resume();
      return;
    }
    this.#reading = true;
    req.on('data', (chunk: Buffer) => {
      this.#underWay += chunk.length;
      if (this.#underWay >= this.#link.limits.bodyWindowBytes) req.pause();
      // A copy of exactly these bytes: the chunk is a view of a pool that would cross as a whole.
      this.#link.tell({ to: 'body', request: this.id }, new Uint8Array(chunk));
    });
    req.once('end', () => this.#link.tell({ to: 'bodyEnd', request: this.id, trailers: req.rawTrailers }));
  }

  watch(): void {
    if (this.#watched) return;
    this.#watched = true;
    const finished = (): void => this.#link.tell({ to: 'finish', request: this.id });
    if (this.#res.writableFinished) finished();
    else this.#res.once('finish', finished);
  }

  destroy(call: Call<'destroyRequest'>): void {
    this.#link.host.attribute(call.call, () => this.#res.destroy());
  }

  setTimeout(ms: number): void {
    const socket = this.socket as Partial<Socket>;
    if (typeof socket.setTimeout !== 'function') return;
    this.#res.setTimeout(ms, () => this.#link.tell({ to: 'timeout', request: this.id }));
  }

  #write(call: Call<'respond'>, chunk: Buffer): void {
    const res = this.#res;
    const { ack } = call;
    const written =
      ack === undefined ? undefined : () => this.#link.tell({ to: 'written', request: this.id, ack });
    const room = res.write(chunk, written);
    if (!room) {
      this.#link.tell({ to: 'full', request: this.id });
      res.once('drain', () => this.#link.tell({ to: 'drain', request: this.id }));
    } else if (call.drain) this.#link.tell({ to: 'drain', request: this.id });
    const limit = this.#link.limits.unsentBytesPerConnection;
    if (res.writableLength > limit) this.#link.limit('unsent bytes per connection', limit);
  }
}

/** The learner's own calls again: node:http decides Content-Length or chunked by them. */
function applyHead(res: ServerResponse, head: ResponseHead): void {
  if (head.sendDate === false) res.sendDate = false;
  if (head.keepAlive === false) res.shouldKeepAlive = false;
  for (const [name, value] of head.set) res.setHeader(name, value);
  if (!head.written) {
    res.statusCode = head.status;
    if (head.statusMessage !== undefined) res.statusMessage = head.statusMessage;
    return;
  }
  const headers = head.written.headers as string[] | undefined;
  if (head.statusMessage === undefined) res.writeHead(head.status, headers);
  else res.writeHead(head.status, head.statusMessage, headers);
}

/** node:http corks until the next tick; the bytes shall leave while the guest's line is being named. */
function flush(socket: Duplex): void {
  while (socket.writableCorked > 0) socket.uncork();
}
