/**
 * A TCP connection with a tap on it and an emulated network in it.
 *
 *   kernel ══▶ socket ──(record)── EmulatedWire up ──▶ this (Readable) ──▶ node:http
 *   kernel ◀══ socket ◀── EmulatedWire down ──(record)── Knife ◀── this (Writable) ◀── node:http
 *
 * Times are taken before anything else is done with the bytes; bytes are copied, because a reader may
 * change them in place (ws unmasks that way).
 *
 * Both sides end on their own, as with a real network between them: what the server wrote before it closed
 * still arrives, and after a cut in silence each may go on for as long as it likes.
 */
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { monotonicMs } from '../clock.ts';
import { bytesOf, copyOf } from '../large-bytes.ts';
import type { ConnectionEndEvent, CutMode, Direction } from '../telemetry/protocol.ts';
import { noteWrite, type AttributedWrite } from './attribution.ts';
import { EmulatedWire } from './emulated-wire.ts';
import { Knife } from './knife.ts';
import type { Network } from './network.ts';

export type EndedBy = ConnectionEndEvent['by'];

/** What a tap is told. Times are `monotonicMs()`. */
export interface TapObserver {
  /** Bytes entered the wire; `copy` is the observer's to keep. `proxy`: the proxy made them. */
  bytes(at: number, direction: Direction, offset: number, copy: Buffer, by?: 'proxy'): void;
  /** Everything below `end` has reached the proxy, or was passed on by it. */
  atProxy(at: number, direction: Direction, end: number): void;
  leftProxy(at: number, direction: Direction, end: number): void;
  /** Everything below `end` has come out on the other side. */
  arrived(at: number, direction: Direction, end: number): void;
  written(at: number, write: AttributedWrite): void;
  /** Nothing arrives from now on. */
  silent(at: number): void;
  /** Called once, last: nothing of the connection is told any more. */
  ended(at: number, by: EndedBy, error: string | undefined): void;
  /** Nothing is left of it, on either side. It may come before `ended` or long after. */
  closed(): void;
}

export interface TappedSocketOptions {
  observer: TapObserver;
  network: Network;
  /** Bytes that were already read from `socket` to find out whose connection it is, and when. */
  head?: { at: number; bytes: Buffer };
  /**
   * A browser's next request on the connection may be for somebody else. Asked about bytes that come after an
   * answer; when it takes them, the socket is its own, and for the server the browser has closed.
   */
  divert?(socket: Socket, chunk: Buffer): boolean;
}

export class TappedSocket extends Duplex {
  #socket: Socket;
  readonly #divert: TappedSocketOptions['divert'];
  /** The server has written since bytes last came from the browser. */
  #answered = false;
  /** Undefined once `ended` was told. */
  #observer: TapObserver | undefined;
  readonly #closed: () => void;
  readonly #wire: EmulatedWire;
  readonly #knife: Knife;
  readonly #forgetNetwork: () => void;
  readonly #report: (write: AttributedWrite) => void;
  #upOffset = 0;
  #upArrived = 0;
  /** Bytes written by the server; of these: on the record, given to the knife. */
  #downOffset = 0;
  #recorded = 0;
  #cut = 0;
  #downArrived = 0;
  #corked: Buffer[] = [];
  #corkedBytes = 0;
  #readerFull = false;
  /** Set while the writer is held back. */
  #resumeWriter: (() => void) | undefined;
  /** The browser was told the end, or has closed. */
  #browserOver = false;
  #cutAt: number | undefined;
  #endedBy: EndedBy | undefined;
  #error: string | undefined;
  #finished = false;

  constructor(socket: Socket, options: TappedSocketOptions) {
    super({ allowHalfOpen: true, highWaterMark: 64 * 1024 });
    const { observer, network, head, divert } = options;
    this.#socket = socket;
    this.#divert = divert;
    this.#observer = observer;
    this.#closed = () => observer.closed();
    this.#report = (write) => this.#observer?.written(monotonicMs(), write);
    this.#wire = new EmulatedWire(network, {
      arrived: (direction, bytes, taken) =>
        direction === 'up' ? this.#toServer(bytes, taken) : this.#toBrowser(bytes, taken),
      room: (direction) => this.#room(direction),
      atProxy: (direction, end) => this.#observer?.atProxy(monotonicMs(), direction, end),
      leftProxy: (direction, end) => this.#observer?.leftProxy(monotonicMs(), direction, end),
      endedByProxy: (answer) => this.#endedByProxy(answer),
      refusedByProxy: () => this.destroy(connectionReset()),
    });
    this.#knife = new Knife(
      () => network.conditions,
      ({ bytes, recorded }) => {
        if (!recorded) this.#record(bytes);
        this.#wire.send('down', bytes);
      },
    );
    this.#forgetNetwork = network.onChange(() => this.#knife.changed());
    for (const [event, listener] of Object.entries(this.#listeners)) socket.on(event, listener);
    if (head !== undefined && head.bytes.length > 0) this.#fromBrowser(head.at, head.bytes);
  }

  /**
   * Cuts the wire. `reset`: both sides see a reset, nothing in flight arrives; also what a silence left open.
   * `silence`: nothing arrives from now on and neither side is told.
   */
  cut(mode: CutMode = 'reset', by: 'cut' | 'stop' = 'cut'): void {
    // Before anything is done: the browser may act on a reset before this function has returned.
    this.#cutAt = monotonicMs();
    if (mode === 'silence') {
      if (this.#wire.silent || !this.#observer) return;
      this.#wire.silence();
      this.#knife.close();
      this.#observer.silent(this.#cutAt);
      return;
    }
    if (this.#wire.silent) this.#endedBy = by;
    else this.#endedBy ??= by;
    this.#wire.close();
    this.#knife.close();
    // A socket that is already shutting down cannot be reset (EINVAL): its end is on its way.
    if (this.#socket.writableEnded) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
    this.#browserOver = true;
    this.destroy(by === 'cut' ? connectionReset() : undefined);
    this.#finish();
  }

  /** What is heard of the browser. */
  readonly #listeners = {
    data: (chunk: Buffer): void => this.#fromBrowser(monotonicMs(), chunk),
    end: (): void => {
      this.#endedBy ??= 'browser';
      this.#wire.send('up', () => this.push(null));
      if (this.#wire.silent && this.destroyed) this.#socket.destroy();
    },
    error: (error: NodeJS.ErrnoException): void => {
      this.#endedBy ??= 'browser';
      this.#error ??= error.code ?? error.message;
      this.#wire.send('up', () => this.destroy(error));
    },
    close: (): void => this.#browserClosed(),
    timeout: (): void => void this.emit('timeout'),
  };

  /** The socket goes to somebody else; what is left here is a connection that the browser has closed. */
  #leave(chunk: Buffer): boolean {
    const socket = this.#socket;
    if (!this.#divert?.(socket, chunk)) return false;
    for (const [event, listener] of Object.entries(this.#listeners)) socket.off(event, listener);
    socket.setTimeout(0);
    this.#socket = new Socket().destroy();
    this.#listeners.end();
    this.#browserClosed();
    return true;
  }

  #fromBrowser(at: number, chunk: Buffer): void {
    if (this.#answered && this.#leave(chunk)) return;
    this.#answered = false;
    const offset = this.#upOffset;
    this.#upOffset += chunk.length;
    this.#observer?.bytes(at, 'up', offset, copyOf(chunk));
    this.#wire.send('up', chunk);
    this.#flow();
  }

  #toServer(bytes: Buffer, taken: () => void): void {
    // A server that has closed takes nothing any more.
    if (!this.destroyed) {
      const end = (this.#upArrived += bytes.length);
      this.#observer?.arrived(monotonicMs(), 'up', end);
      this.#readerFull = !this.push(bytes);
    }
    taken();
    this.#flow();
  }

  #toBrowser(bytes: Buffer, taken: () => void): void {
    if (this.#socket.destroyed) return taken();
    this.#socket.write(bytes, (error) => {
      const end = (this.#downArrived += bytes.length);
      if (!error) this.#observer?.arrived(monotonicMs(), 'down', end);
      taken();
    });
  }

  /** Back-pressure: stops reading from the kernel while the reader or the emulated network is full. */
  #flow(): void {
    const full = !this.destroyed && this.#readerFull;
    if (full || !this.#wire.hasRoom('up')) this.#socket.pause();
    else if (this.#socket.isPaused()) this.#socket.resume();
  }

  #room(direction: Direction): void {
    if (direction === 'up') return this.#flow();
    const resume = this.#resumeWriter;
    this.#resumeWriter = undefined;
    resume?.();
  }

  override _read(): void {
    this.#readerFull = false;
    this.#flow();
  }

  // Every byte written passes here (end() below included), once, in the name of its call.
  override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    const bytes =
      typeof chunk === 'string'
        ? bytesOf(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : copyOf(chunk as Uint8Array);
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
    const whole = this.#recorded === this.#downOffset && !this.#knife.isAtWork;
    this.#downOffset += bytes.length;
    // What is cut comes on the record piece by piece, when it leaves.
    if (whole) this.#record(bytes);
  }

  #record(bytes: Buffer): void {
    this.#answered = true;
    const offset = this.#recorded;
    this.#recorded += bytes.length;
    this.#observer?.bytes(monotonicMs(), 'down', offset, bytes);
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
    // node:http ends a message with an empty chunk.
    const full = chunks.filter(({ chunk }) => chunk.length > 0);
    const [only] = full;
    if (only === undefined) callback();
    else if (full.length === 1) this.#send(only.chunk, callback);
    else this.#send(Buffer.concat(full.map(({ chunk }) => chunk)), callback);
  }

  /** The network takes more as long as its buffer has room; the writer is held back beyond that. */
  #send(chunk: Buffer, callback: (error?: Error | null) => void): void {
    const known = Math.max(0, Math.min(chunk.length, this.#recorded - this.#cut));
    this.#cut += chunk.length;
    if (known === chunk.length && !this.#knife.isAtWork) {
      this.#wire.send('down', chunk);
      return this.#goOn(callback);
    }
    if (known > 0) this.#knife.put(chunk.subarray(0, known), true);
    if (known < chunk.length) this.#knife.put(chunk.subarray(known), false);
    this.#knife.afterAll(() => this.#goOn(callback));
  }

  #goOn(writer: () => void): void {
    if (this.#wire.hasRoom('down')) writer();
    else this.#resumeWriter = writer;
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#endedBy ??= 'server';
    this.#knife.afterAll(() => this.#wire.send('down', () => this.#endBrowser()));
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#endedBy ??= 'server';
    this.#resumeWriter = undefined;
    if (this.#wire.silent) {
      // The browser is not told; for the server the connection is over.
      this.#end();
      if (this.#socket.readableEnded) this.#socket.destroy();
    } else if (!this.#browserOver) {
      this.#wire.clear('up');
      // As a kernel does: what was written before the close is still sent, then the end.
      this.#knife.afterAll(() => this.#wire.send('down', () => this.#endBrowser()));
    }
    this.#flow();
    this.#finish();
    callback(error);
  }

  /** The end of the server's bytes has come to the browser. */
  #endBrowser(): void {
    if (this.#socket.destroyed) return;
    this.#socket.end(() => {
      this.#browserOver = true;
      this.#finish();
    });
  }

  #browserClosed(): void {
    this.#endedBy ??= 'browser';
    this.#browserOver = true;
    this.#knife.close();
    this.#wire.clear('down');
    // What came in before the close is still delivered; then the stream ends here too.
    if (!this.destroyed) this.#wire.send('up', () => this.destroy());
    if (this.#endedBy === 'proxy') this.#end();
    this.#finish();
  }

  /** The proxy answers for itself, then closes towards both sides. */
  #endedByProxy(answer: Buffer | undefined): void {
    this.#endedBy ??= 'proxy';
    this.#knife.close();
    // What waits under a cork, or under the knife, already has its offsets.
    if (answer !== undefined && this.#corkedBytes === 0 && this.#recorded === this.#downOffset) {
      const offset = this.#downOffset;
      this.#downOffset += answer.length;
      this.#recorded += answer.length;
      this.#cut += answer.length;
      this.#observer?.bytes(monotonicMs(), 'down', offset, Buffer.from(answer), 'proxy');
      this.#wire.sendFromProxy('down', answer);
    }
    this.#wire.sendFromProxy('down', () => {
      if (this.#socket.destroyed) return;
      this.#socket.end(() => {
        this.#browserOver = true;
        this.#end();
        this.#finish();
      });
    });
    this.#wire.sendFromProxy('up', () => this.push(null));
  }

  /** Says that it is over, and leaves nothing, as far as both sides are done. */
  #finish(): void {
    if (!this.destroyed || !this.#browserOver || this.#finished) return;
    this.#finished = true;
    this.#end();
    this.#wire.close();
    this.#knife.close();
    this.#forgetNetwork();
    // Closed on this side: the kernel answers what may still come with a reset.
    this.#socket.destroy();
    this.#closed();
  }

  #end(): void {
    const observer = this.#observer;
    this.#observer = undefined;
    const isCut = this.#endedBy === 'cut' || this.#endedBy === 'stop';
    const at = isCut ? this.#cutAt : undefined;
    observer?.ended(at ?? monotonicMs(), this.#endedBy ?? 'server', this.#error);
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
  /** What has come out of the emulated network: the server knows of no other bytes. */
  get bytesRead(): number {
    return this.#upArrived;
  }
  get bytesWritten(): number {
    return this.#downOffset;
  }
}

function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}
