/**
 * `net.Socket`: a Duplex whose other half is a connection the main thread holds.
 *
 * Reads and writes cross as messages with a window each way. A connection that serves HTTP belongs to the
 * host's parser: its object here writes, but reads nothing until an upgrade hands it over.
 */
import type { Addresses, GuestCall } from '../protocol.ts';
import { call, callText, now } from './bridge.ts';
import { asBuffer, Buffer } from './buffer.ts';
import type { Listener } from './events.ts';
import { invalidArgument, nodeError, outOfRange, systemError } from './node-error.ts';
import { checkOwnHost, checkPort } from './own-ports.ts';
import { callSite, siteAt } from './positions.ts';
import { acknowledge, bodyPart, type Callback } from './sending.ts';
import { Duplex } from './stream.ts';
import { nextTick } from './tasks.ts';

/** Bytes on their way to the host after which a write waits to be told. */
const WRITE_WINDOW = 64 * 1024;
/** Bytes read after which the host is told; a quarter of what it lets pass unasked. */
const READ_STEP = 64 * 1024;
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const sockets = new Map<number, Socket>();
/** Ids of connections this program opens; the host's own are positive. */
let outgoing = 0;

export interface SocketOptions {
  allowHalfOpen?: boolean;
  highWaterMark?: number;
  signal?: unknown;
}

export class Socket extends Duplex {
  id = 0;
  remoteAddress: string | undefined = undefined;
  remotePort: number | undefined = undefined;
  remoteFamily: string | undefined = undefined;
  localAddress: string | undefined = undefined;
  localPort: number | undefined = undefined;
  localFamily: string | undefined = undefined;
  connecting = false;
  bytesRead = 0;
  bytesWritten = 0;
  timeout = 0;
  server: unknown = null;
  /** The host's HTTP parser reads this connection. */
  #parsed = false;
  #reading = false;
  /** Bytes read that the host has not been told of. */
  #taken = 0;
  /** Bytes read that code was handed, and the site of the listener that got them. */
  #handed = 0;
  #listener = 0;
  #unacknowledged = 0;
  /** The learner's line of each chunk not yet handed over, in order. */
  #sites: GuestCall[] = [];
  #endSite: GuestCall = { name: 'socket.end' };
  #destroySite: GuestCall = { name: 'socket.destroy' };
  /** A write or end that the host has not answered. */
  #held: Callback | undefined;
  #whenConnected: (() => void)[] = [];
  #closedByHost = false;
  #endedByPeer = false;
  #hadError = false;

  constructor(options: SocketOptions = {}) {
    super({
      ...options,
      allowHalfOpen: Boolean(options.allowHalfOpen),
      emitClose: false,
      autoDestroy: true,
      decodeStrings: false,
    });
  }

  get pending(): boolean {
    return this.id === 0 || this.connecting;
  }
  get readyState(): string {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    if (this.readable) return 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }
  get bufferSize(): number {
    return this.writableLength;
  }
  address(): object {
    if (this.localPort === undefined) return {};
    return { address: this.localAddress, family: this.localFamily, port: this.localPort };
  }

  /** `connect(port, host?, listener?)`, `connect({ port, host }, listener?)` */
  connect(...args: unknown[]): this {
    const { port, host, listener } = connectArguments(args);
    checkOwnHost('net.connect', host, port);
    if (listener) this.once('connect', listener);
    outgoing -= 1;
    this.id = outgoing;
    this.connecting = true;
    sockets.set(this.id, this);
    call({ op: 'connect', socket: this.id, port, host });
    return this;
  }

  setTimeout(ms: number, callback?: Listener): this {
    if (typeof ms !== 'number') throw invalidArgument('msecs', 'of type number', ms);
    if (!(ms >= 0 && Number.isFinite(ms))) throw outOfRange('msecs', 'a non-negative finite number', ms);
    this.timeout = Math.min(ms, LONGEST_TIMEOUT_MS);
    if (callback !== undefined) {
      if (ms === 0) this.off('timeout', callback);
      else this.once('timeout', callback);
    }
    this.#afterConnect(() =>
      call({ op: 'socketOption', socket: this.id, name: 'timeout', value: this.timeout }),
    );
    return this;
  }
  setNoDelay(on = true): this {
    return this.#setOption('noDelay', Boolean(on));
  }
  setKeepAlive(on = false): this {
    return this.#setOption('keepAlive', Boolean(on));
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override on(event: string | symbol, listener: Listener): this {
    this.#noteReader(event, Socket.prototype.on);
    return super.on(event, listener);
  }
  addListener(event: string | symbol, listener: Listener): this {
    this.#noteReader(event, Socket.prototype.addListener);
    return super.on(event, listener);
  }
  /** Whoever gets bytes is an event's listener, in every way in which a stream can be read. */
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'data') this.#handing();
    return super.emit(event, ...args);
  }

  #noteReader(event: string | symbol, above: { readonly name: string }): void {
    if ((event === 'data' || event === 'readable') && this.#listener === 0)
      this.readBy(siteAt(callSite(above), event));
  }
  /** The listener of this site is the one that the bytes are for. */
  readBy(site: number): void {
    this.#listener = site;
  }
  /** The host is told up to where code has the bytes now; what nobody listens for is thrown away. */
  #handing(): void {
    const handed = this.bytesRead - this.readableLength;
    if (!(handed > this.#handed) || !(this.id > 0)) return;
    this.#handed = handed;
    if (this.listenerCount('data') > 0 || this.listenerCount('readable') > 0)
      callText(`["handed",${now()},${this.id},${this.#listener},${handed}]`);
  }

  override write(chunk: unknown, encoding?: string | Callback | null, callback?: Callback): boolean {
    return this.#noting('socket.write', Socket.prototype.write, () => super.write(chunk, encoding, callback));
  }

  override end(chunk?: unknown, encoding?: string | Callback | null, callback?: Callback): this {
    if (!this.writableEnded && !this.destroyed)
      this.#endSite = { name: 'socket.end', position: callSite(Socket.prototype.end) };
    if (chunk === undefined || chunk === null || typeof chunk === 'function')
      return super.end(chunk, encoding, callback);
    return this.#noting('socket.end', Socket.prototype.end, () => super.end(chunk, encoding, callback));
  }

  override destroy(error?: Error | null): this {
    if (!this.destroyed)
      this.#destroySite = { name: 'socket.destroy', position: callSite(Socket.prototype.destroy) };
    return super.destroy(error);
  }
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }
  resetAndDestroy(): this {
    return this.destroy();
  }

  /** Remembers the learner's line for the chunk that `write` takes; a refused chunk has none. */
  #noting<T>(name: string, above: { readonly name: string }, write: () => T): T {
    if (this.writableEnded || this.destroyed) return write();
    const known = this.#sites.length;
    this.#sites.push({ name, position: callSite(above) });
    try {
      return write();
    } catch (error) {
      this.#sites.length = Math.min(known, this.#sites.length);
      throw error;
    }
  }

  _write(chunk: unknown, encoding: string, done: Callback): void {
    this.#send([{ chunk, encoding }], done);
  }
  /** Corked and delayed chunks leave together, each in the name of its own line. */
  _writev(chunks: { chunk: unknown; encoding: string }[], done: Callback): void {
    this.#send(chunks, done);
  }

  #send(chunks: { chunk: unknown; encoding: string }[], done: Callback): void {
    if (this.pending) return void this.#whenConnected.push(() => this.#send(chunks, done));
    for (const [index, { chunk, encoding }] of chunks.entries()) {
      const size =
        typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : (chunk as Uint8Array).length;
      this.bytesWritten += size;
      this.#unacknowledged += size;
      const last = index === chunks.length - 1;
      const held = last && this.#unacknowledged >= WRITE_WINDOW;
      call({
        op: 'socketWrite',
        socket: this.id,
        call: this.#sites.shift() ?? { name: 'socket.write' },
        part: bodyPart(chunk, encoding === 'buffer' ? undefined : encoding),
        ...(last ? {} : { more: true }),
        ...(held ? { ack: this.#hold(done) } : {}),
      });
      if (last && !held) done();
    }
  }

  _final(done: Callback): void {
    if (this.pending) return void this.#whenConnected.push(() => this._final(done));
    const { id } = this;
    call({ op: 'socketWrite', socket: id, call: this.#endSite, end: true, ack: this.#hold(done) });
  }

  #hold(done: Callback): number {
    this.#held = done;
    return acknowledge(() => {
      // Destroyed meanwhile: it was answered then.
      if (this.#held !== done) return;
      this.#unacknowledged = 0;
      this.#held = undefined;
      done();
    })!;
  }

  _read(): void {
    if (this.#parsed || this.#endedByPeer || this.#closedByHost) return;
    if (this.pending) return void this.#whenConnected.push(() => this._read());
    if (this.#reading && this.#taken < READ_STEP) return;
    this.#reading = true;
    call({ op: 'socketRead', socket: this.id, taken: this.#taken });
    this.#taken = 0;
  }

  _destroy(error: Error | null, done: Callback): void {
    this.connecting = false;
    this.#whenConnected = [];
    this.#hadError = error !== null && error !== undefined;
    const held = this.#held;
    this.#held = undefined;
    if (held)
      held(error ?? nodeError('ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'));
    done(error);
    if (this.id === 0 || this.#closedByHost) nextTick(() => this.emit('close', this.#hadError));
    else call({ op: 'socketDestroy', socket: this.id, call: this.#destroySite });
  }

  #setOption(name: 'noDelay' | 'keepAlive', value: boolean): this {
    this.#afterConnect(() => call({ op: 'socketOption', socket: this.id, name, value }));
    return this;
  }
  #afterConnect(work: () => void): void {
    if (this.pending) this.#whenConnected.push(work);
    else work();
  }

  /** The host's news. */
  adopt(id: number, addresses: Addresses, parsed: boolean): void {
    this.id = id;
    this.#parsed = parsed;
    this.#locate(addresses);
    sockets.set(id, this);
  }
  #locate(addresses: Addresses): void {
    Object.assign(this, addresses);
    this.localFamily = addresses.remoteFamily;
  }
  didConnect(addresses: Addresses): void {
    if (this.destroyed) return;
    this.connecting = false;
    this.#locate(addresses);
    for (const work of this.#whenConnected.splice(0)) work();
    this.emit('connect');
    this.emit('ready');
    this.read(0);
  }
  /** The parser is done with this connection; from here on it is a plain one. */
  handOver(): void {
    this.#parsed = false;
  }
  takeBytes(bytes: Uint8Array): void {
    this.bytesRead += bytes.length;
    this.#taken += bytes.length;
    if (!this.destroyed) this.push(asBuffer(bytes));
  }
  takeEnd(): void {
    this.#endedByPeer = true;
    if (this.destroyed) return;
    this.push(null);
    this.read(0);
  }
  didClose(error: { code: string; syscall: string; message: string } | undefined, hadError: boolean): void {
    sockets.delete(this.id);
    this.#closedByHost = true;
    if (this.destroyed) this.emit('close', this.#hadError);
    else if (this.#parsed) {
      this.#destroyQuietly(hadError);
    } else if (error) this.destroy(systemError(error.code, error.syscall, error.message, {}));
    // What came before the close is still there to be read.
    else if (!this.#endedByPeer) super.destroy();
  }
  /** An HTTP server hears of broken connections by its own events. */
  #destroyQuietly(hadError: boolean): void {
    super.destroy();
    this.#hadError = hadError;
  }
}

function connectArguments(args: unknown[]): { port: number; host: string; listener: Listener | undefined } {
  const last = args.at(-1);
  const listener = typeof last === 'function' ? (last as Listener) : undefined;
  const first = args[0];
  const options = (typeof first === 'object' && first !== null ? first : { port: first, host: args[1] }) as {
    port?: unknown;
    host?: unknown;
    path?: unknown;
  };
  if (options.path !== undefined || (typeof first === 'string' && !/^\d+$/.test(first)))
    throw invalidArgument(
      'options.port',
      'a number: a lab has no local (pipe) sockets',
      options.path ?? first,
    );
  const host = typeof options.host === 'string' ? options.host : 'localhost';
  return { port: checkPort(options.port), host, listener };
}

/** Addresses as a request message has them: joined by spaces, empty where unknown. */
export function readAddresses(text: string): Addresses {
  const [remoteAddress, remotePort, remoteFamily, localAddress, localPort] = text.split(' ');
  return {
    remoteAddress: remoteAddress || undefined,
    remotePort: remotePort ? Number(remotePort) : undefined,
    remoteFamily: remoteFamily || undefined,
    localAddress: localAddress || undefined,
    localPort: localPort ? Number(localPort) : undefined,
  };
}

/** The object for a connection that the host's HTTP parser reads; the same one for all its requests. */
export function socketOf(id: number, addresses: Addresses): Socket {
  const known = sockets.get(id);
  if (known) return known;
  const socket = new Socket({ allowHalfOpen: true });
  socket.adopt(id, addresses, true);
  call({ op: 'watchSocket', socket: id });
  return socket;
}

/** The object for a connection of a `net` server. */
export function acceptSocket(id: number, addresses: Addresses, options: SocketOptions): Socket {
  const socket = new Socket(options);
  socket.adopt(id, addresses, false);
  return socket;
}

export function knownSocket(id: number): Socket | undefined {
  return sockets.get(id);
}
