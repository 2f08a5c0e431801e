/**
 * A TCP connection with a tap on it and an emulated network in it.
 *
 *   kernel ══▶ socket ──(record)── DelayLine up ──▶ this (Readable) ──▶ node:http
 *   kernel ◀══ socket ◀── DelayLine down ──(record)── this (Writable) ◀── node:http
 *
 * Times are taken before anything else is done with the bytes; bytes are copied, because a reader may
 * change them in place (ws unmasks that way).
 */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Direction } from '../telemetry/protocol.ts';
import { noteWrite, type AttributedWrite } from './attribution.ts';
import { monotonicMs } from '../clock.ts';
import { DelayLine } from './delay-line.ts';
import { IN_FLIGHT_BYTES } from './limits.ts';

export type EndedBy = 'browser' | 'server' | 'cut' | 'stop';

/** What a tap is told. Times are `monotonicMs()`. */
export interface TapObserver {
  /** Bytes entered the wire; `copy` is the observer's to keep. */
  bytes(at: number, direction: Direction, offset: number, copy: Buffer): void;
  /** Everything below `end` has come out on the other side. */
  arrived(at: number, direction: Direction, end: number): void;
  written(at: number, write: AttributedWrite): void;
  /** Called once, last. */
  ended(at: number, by: EndedBy, error: string | undefined): void;
}

export interface TappedSocketOptions {
  observer: TapObserver;
  /** One-way delay for the next bytes, ms. */
  delayMs: () => number;
  /** Bytes that were already read from `socket` to find out whose connection it is, and when. */
  head?: { at: number; bytes: Buffer };
}

export class TappedSocket extends Duplex {
  readonly #socket: Socket;
  readonly #observer: TapObserver;
  readonly #up: DelayLine;
  readonly #down: DelayLine;
  readonly #report: (write: AttributedWrite) => void;
  #upOffset = 0;
  /** Bytes recorded, handed to the network, and taken by the kernel, in that order. */
  #downOffset = 0;
  #downSent = 0;
  #downDelivered = 0;
  #corked: Buffer[] = [];
  #corkedBytes = 0;
  #upInFlight = 0;
  #readerFull = false;
  #endedBy: EndedBy | undefined;
  #error: string | undefined;

  constructor(socket: Socket, options: TappedSocketOptions) {
    super({ allowHalfOpen: true, highWaterMark: 64 * 1024 });
    this.#socket = socket;
    this.#observer = options.observer;
    this.#up = new DelayLine(options.delayMs);
    this.#down = new DelayLine(options.delayMs);
    this.#report = (write) => options.observer.written(monotonicMs(), write);
    socket.on('data', (chunk: Buffer) => this.#fromBrowser(monotonicMs(), chunk));
    socket.on('end', () => {
      this.#endedBy ??= 'browser';
      this.#up.put(() => this.push(null));
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#endedBy ??= 'browser';
      this.#error ??= error.code ?? error.message;
      this.destroy(error);
    });
    socket.on('close', () => {
      this.#endedBy ??= 'browser';
      // What came in before the close is still delivered; then the stream ends here too.
      this.#up.put(() => this.destroy());
    });
    socket.on('timeout', () => this.emit('timeout'));
    if (options.head !== undefined && options.head.bytes.length > 0)
      this.#fromBrowser(options.head.at, options.head.bytes);
  }

  /** Ends the connection as a cable cut in two would: both sides see a reset, nothing in flight arrives. */
  cut(by: 'cut' | 'stop' = 'cut'): void {
    this.#endedBy ??= by;
    this.#socket.resetAndDestroy();
    this.destroy(
      by === 'cut' ? Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) : undefined,
    );
  }

  #fromBrowser(at: number, chunk: Buffer): void {
    const offset = this.#upOffset;
    const end = (this.#upOffset += chunk.length);
    this.#observer.bytes(at, 'up', offset, Buffer.from(chunk));
    this.#upInFlight += chunk.length;
    this.#up.put(() => {
      this.#upInFlight -= chunk.length;
      this.#observer.arrived(monotonicMs(), 'up', end);
      this.#readerFull = !this.push(chunk);
      this.#flow();
    });
    this.#flow();
  }

  /** Back-pressure: stops reading from the kernel while the reader or the emulated network is full. */
  #flow(): void {
    if (this.#readerFull || this.#upInFlight > IN_FLIGHT_BYTES) this.#socket.pause();
    else if (this.#socket.isPaused()) this.#socket.resume();
  }

  override _read(): void {
    this.#readerFull = false;
    this.#flow();
  }

  // Every byte written passes here (end() below included), once, in the name of its call.
  override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : Buffer.from(chunk as Uint8Array);
    const done = (typeof encoding === 'function' ? encoding : callback) as
      ((error?: Error | null) => void) | undefined;
    if (!this.writableEnded && !this.destroyed && bytes.length > 0) {
      noteWrite(this.#report, this.#downOffset + this.#corkedBytes, bytes.length);
      this.#corked.push(bytes);
      this.#corkedBytes += bytes.length;
      if (this.writableCorked === 0) this.#recordWritten();
    }
    return super.write(bytes, done);
  }

  /** Writes of one cork leave in one piece (writev), so they are one piece on the record too. */
  override uncork(): void {
    if (this.writableCorked === 1) this.#recordWritten();
    super.uncork();
  }

  #recordWritten(): void {
    if (this.#corked.length === 0) return;
    const bytes = this.#corked.length === 1 ? this.#corked[0]! : Buffer.concat(this.#corked);
    this.#corked = [];
    this.#corkedBytes = 0;
    this.#observer.bytes(monotonicMs(), 'down', this.#downOffset, bytes);
    this.#downOffset += bytes.length;
  }

  override end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
    if (typeof chunk === 'function') return super.end(chunk as () => void);
    if (chunk !== undefined && chunk !== null)
      this.write(chunk, typeof encoding === 'string' ? encoding : undefined);
    return super.end((typeof encoding === 'function' ? encoding : callback) as (() => void) | undefined);
  }

  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#send(chunk, callback);
  }

  override _writev(chunks: { chunk: Buffer }[], callback: (error?: Error | null) => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), callback);
  }

  #send(chunk: Buffer, callback: (error?: Error | null) => void): void {
    const end = (this.#downSent += chunk.length);
    const inFlight = end - this.#downDelivered;
    this.#down.put(() => {
      this.#socket.write(chunk, (error) => {
        this.#downDelivered = end;
        if (!error) this.#observer.arrived(monotonicMs(), 'down', end);
        if (inFlight > IN_FLIGHT_BYTES) callback(error);
      });
    });
    // The network takes more as long as its buffer has room; the writer is held back beyond that.
    if (inFlight <= IN_FLIGHT_BYTES) callback();
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#endedBy ??= 'server';
    this.#down.put(() => this.#socket.end(() => callback()));
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#endedBy ??= 'server';
    this.#up.clear();
    this.#down.clear();
    this.#socket.destroy();
    this.#observer.ended(monotonicMs(), this.#endedBy, this.#error);
    callback(error);
  }

  /** As net.Socket's: ends after everything written has left. node:http calls it for `Connection: close`. */
  destroySoon(): void {
    if (this.writableFinished) this.destroy();
    else {
      this.once('finish', () => this.destroy());
      this.end();
    }
  }

  setTimeout(ms: number, callback?: () => void): this {
    this.#socket.setTimeout(ms);
    if (callback !== undefined) this.once('timeout', callback);
    return this;
  }
  setNoDelay(on?: boolean): this {
    this.#socket.setNoDelay(on);
    return this;
  }
  setKeepAlive(on?: boolean, initialDelayMs?: number): this {
    this.#socket.setKeepAlive(on, initialDelayMs);
    return this;
  }
  ref(): this {
    this.#socket.ref();
    return this;
  }
  unref(): this {
    this.#socket.unref();
    return this;
  }
  address(): ReturnType<Socket['address']> {
    return this.#socket.address();
  }
  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }
  get remotePort(): number | undefined {
    return this.#socket.remotePort;
  }
  get remoteFamily(): string | undefined {
    return this.#socket.remoteFamily;
  }
  get localAddress(): string | undefined {
    return this.#socket.localAddress;
  }
  get localPort(): number | undefined {
    return this.#socket.localPort;
  }
  get bytesRead(): number {
    return this.#upOffset;
  }
  get bytesWritten(): number {
    return this.#downOffset;
  }
}
