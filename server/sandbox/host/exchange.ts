/**
 * One request and its response on the main thread.
 *
 * In: the guest's calls for this response. Out: bytes, through node:http, in the name of the guest's line.
 * Lives until the response's `close`, and until the end of a body that the guest still reads then; tells the
 * guest of both unless the guest has said that it need not.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  type FromGuest,
  type GuestCall,
  HEAD,
  RESPOND,
  type RespondCall,
  type ResponseHead,
} from '../protocol.ts';
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
  readonly #over: () => void;
  #reading = false;
  /** Body bytes the guest has not taken yet. */
  #underWay = 0;
  #watched = false;
  #forgotten = false;
  #awaitsRoom = false;

  constructor(
    id: number,
    req: IncomingMessage,
    res: ServerResponse,
    socket: Duplex,
    link: GuestLink,
    /** The response is out or lost; `over`: nothing more will be told. */
    closed: () => void,
    over: () => void,
  ) {
    this.id = id;
    this.req = req;
    this.socket = socket;
    this.#res = res;
    this.#link = link;
    this.#over = over;
    // RFC 9112 §6: a request has a body when one of these says so.
    this.hasBody =
      req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
    res.once('close', () => {
      closed();
      if (!this.#reading || req.closed) over();
      if (!this.#forgotten || this.#watched)
        link.tell({ to: 'close', request: id, aborted: !res.writableFinished });
    });
    // What a broken connection does to a response is told by `close`.
    res.on('error', toldByClose);
    req.on('error', toldByClose);
  }

  get headersSent(): boolean {
    return this.#res.headersSent;
  }

  /** Text goes to node:http as text, which then sends it with the head in one piece, as it would the learner's. */
  respond(parts: RespondCall, call: GuestCall, chunk: Buffer | string | undefined): void {
    // By index: taking a list apart makes an iterator and eight results a response.
    const flags = parts[3];
    const ack = parts[4];
    const coding = (parts[6] || 'utf8') as BufferEncoding;
    const head = parts[7];
    const trailers = parts[8];
    const res = this.#res;
    this.#link.host.attribute(call, () => {
      if (head) applyHead(res, head);
      if (trailers) res.addTrailers(trailers);
      if (flags & RESPOND.end) {
        this.#forgotten = (flags & RESPOND.forget) !== 0;
        if (chunk === undefined) res.end();
        else res.end(chunk, coding);
      } else if (chunk !== undefined) this.#write(chunk, coding, ack, (flags & RESPOND.drain) !== 0);
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
    req.once('close', () => {
      if (!req.readableEnded) this.#link.tell({ to: 'bodyLost', request: this.id });
      if (this.#res.closed) this.#over();
    });
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

  #write(chunk: Buffer | string, encoding: BufferEncoding, ack: number, wantsDrain: boolean): void {
    const res = this.#res;
    const written = ack === 0 ? undefined : () => this.#link.tell({ to: 'written', request: this.id, ack });
    const room = res.write(chunk, encoding, written);
    if (!room) {
      this.#link.tell({ to: 'full', request: this.id });
      this.#awaitRoom();
    } else if (wantsDrain) this.#link.tell({ to: 'drain', request: this.id });
    const limit = this.#link.limits.unsentBytesPerConnection;
    if (res.writableLength > limit) this.#link.limit('unsent bytes per connection', limit);
  }

  /** Once, however often the guest writes in spite of a false. */
  #awaitRoom(): void {
    if (this.#awaitsRoom) return;
    this.#awaitsRoom = true;
    this.#res.once('drain', () => {
      this.#awaitsRoom = false;
      this.#link.tell({ to: 'drain', request: this.id });
    });
  }
}

function toldByClose(): void {}

/** The learner's own calls again: node:http decides Content-Length or chunked by them. */
function applyHead(
  res: ServerResponse,
  [status, statusMessage, set, written, removed, flags]: ResponseHead,
): void {
  if (flags & HEAD.noDate) res.sendDate = false;
  if (flags & HEAD.noKeepAlive) res.shouldKeepAlive = false;
  if (removed) for (const name of removed) res.removeHeader(name);
  for (const [name, value] of set) res.setHeader(name, value);
  if (!written) {
    res.statusCode = status;
    if (statusMessage) res.statusMessage = statusMessage;
    return;
  }
  // Pairs are an undocumented form of node:http's own; it writes them one by one, duplicates included.
  const headers = written === 1 ? undefined : (written as unknown as string[]);
  if (statusMessage) res.writeHead(status, statusMessage, headers);
  else res.writeHead(status, headers);
}

/** node:http corks until the next tick; the bytes shall leave while the guest's line is being named. */
function flush(socket: Duplex): void {
  while (socket.writableCorked > 0) socket.uncork();
}
