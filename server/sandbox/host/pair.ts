/**
 * A connection that a lab opens to a port of its own: two streams in memory, each what the other writes.
 * No packet leaves the process, so nothing but the lab's own server can be at the other end.
 */
import { Duplex } from 'node:stream';

type Done = (error?: Error | null) => void;
let ports = 0;
const FIRST_PORT = 49_152;
const PORTS = 65_536 - FIRST_PORT;

export class PairEnd extends Duplex {
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly remoteFamily: 'IPv4' | 'IPv6';
  #other!: PairEnd;
  /** The other's write that waits for this end to be read. */
  #waiting: Done | undefined;
  #idleMs = 0;
  #timer: NodeJS.Timeout | undefined;

  private constructor(address: string, localPort: number, remotePort: number) {
    super({ allowHalfOpen: true, highWaterMark: 64 * 1024 });
    this.localAddress = this.remoteAddress = address;
    this.localPort = localPort;
    this.remotePort = remotePort;
    this.remoteFamily = address.includes(':') ? 'IPv6' : 'IPv4';
  }

  /** Client's end and server's end of a connection to `port` at a loopback address. */
  static make(address: string, port: number): [client: PairEnd, server: PairEnd] {
    ports = (ports + 1) % PORTS;
    const client = new PairEnd(address, FIRST_PORT + ports, port);
    const server = new PairEnd(address, port, FIRST_PORT + ports);
    client.#other = server;
    server.#other = client;
    return [client, server];
  }

  override _read(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.();
  }
  override _write(chunk: Buffer, _encoding: string, done: Done): void {
    this.#touch();
    // The next turn of the loop, as on a wire: a reply never arrives inside the call that asked.
    setImmediate(() => this.#other.#receive(chunk, done));
  }
  #receive(chunk: Buffer, done: Done): void {
    if (this.destroyed || this.readableEnded) {
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' }));
      return;
    }
    this.#touch();
    if (this.push(chunk)) done();
    else this.#waiting = done;
  }
  override _final(done: Done): void {
    setImmediate(() => {
      if (!this.#other.destroyed) this.#other.push(null);
      done();
    });
  }
  override _destroy(error: Error | null, done: Done): void {
    clearTimeout(this.#timer);
    const clean = this.writableFinished && this.readableEnded;
    const other = this.#other;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.();
    setImmediate(() => {
      if (other.destroyed) return;
      // As TCP: an end that is gone resets what is still sent to it.
      if (clean || this.writableFinished) return;
      if (error)
        other.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }));
      else other.push(null);
    });
    done(error);
  }

  setTimeout(ms: number, callback?: () => void): this {
    this.#idleMs = ms;
    if (callback) this.once('timeout', callback);
    this.#touch();
    return this;
  }
  #touch(): void {
    clearTimeout(this.#timer);
    if (this.#idleMs > 0 && !this.destroyed)
      this.#timer = setTimeout(() => this.emit('timeout'), this.#idleMs).unref();
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  destroySoon(): void {
    if (this.writableFinished) this.destroy();
    else {
      this.once('finish', () => this.destroy());
      this.end();
    }
  }
}
