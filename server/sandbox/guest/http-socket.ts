/**
 * `req.socket`: what a server program sees of its connection. The real one lives in the main thread;
 * this object is made when somebody looks, and is told of the end then.
 */
import type { Addresses, BodyPart } from '../protocol.ts';
import { attachBytes, call } from './bridge.ts';
import { Emitter, type Listener } from './events.ts';
import { invalidArgument } from './node-error.ts';
import { callSite } from './positions.ts';

type Callback = (error?: Error | null) => void;

const sockets = new Map<number, Socket>();
let acks = 0;
const waiting = new Map<number, Callback>();

export class Socket extends Emitter {
  readonly id: number;
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  readonly remoteFamily: string | undefined;
  readonly localAddress: string | undefined;
  readonly localPort: number | undefined;
  readonly encrypted = undefined;
  destroyed = false;
  writable = true;
  readable = true;
  connecting = false;
  pending = false;
  bytesRead = 0;
  bytesWritten = 0;
  timeout = 0;

  constructor(id: number, addresses: Addresses) {
    super();
    this.id = id;
    this.remoteAddress = addresses.remoteAddress;
    this.remotePort = addresses.remotePort;
    this.remoteFamily = addresses.remoteFamily;
    this.localAddress = addresses.localAddress;
    this.localPort = addresses.localPort;
    call({ op: 'watchSocket', socket: id });
  }

  get readyState(): string {
    return this.destroyed ? 'closed' : this.writable ? 'open' : 'readOnly';
  }
  address(): object {
    return { address: this.localAddress, family: this.remoteFamily, port: this.localPort };
  }
  setTimeout(ms: number, callback?: Listener): this {
    this.timeout = ms;
    if (callback) this.once('timeout', callback);
    call({ op: 'socketOption', socket: this.id, name: 'timeout', value: ms });
    return this;
  }
  setNoDelay(on = true): this {
    call({ op: 'socketOption', socket: this.id, name: 'noDelay', value: on });
    return this;
  }
  setKeepAlive(on = false): this {
    call({ op: 'socketOption', socket: this.id, name: 'keepAlive', value: on });
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  write(chunk: unknown, encoding?: string | Callback, callback?: Callback): boolean {
    const done = typeof encoding === 'function' ? encoding : callback;
    const part = bodyPart(chunk, typeof encoding === 'string' ? encoding : undefined);
    call({
      op: 'socketWrite',
      socket: this.id,
      call: { name: 'socket.write', position: callSite(Socket.prototype.write) },
      part,
      ack: acknowledge(done),
    });
    return true;
  }
  end(chunk?: unknown, encoding?: string | Callback, callback?: Callback): this {
    if (typeof chunk === 'function') return this.end(undefined, undefined, chunk as Callback);
    const done = typeof encoding === 'function' ? encoding : callback;
    const part =
      chunk === undefined || chunk === null
        ? undefined
        : bodyPart(chunk, typeof encoding === 'string' ? encoding : undefined);
    this.writable = false;
    call({
      op: 'socketWrite',
      socket: this.id,
      call: { name: 'socket.end', position: callSite(Socket.prototype.end) },
      part,
      ack: acknowledge(done),
      end: true,
    });
    return this;
  }
  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.writable = false;
    this.readable = false;
    call({
      op: 'socketDestroy',
      socket: this.id,
      call: { name: 'socket.destroy', position: callSite(Socket.prototype.destroy) },
    });
    if (error) this.emit('error', error);
    return this;
  }
  destroySoon(): void {
    this.end();
  }
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

/** The object for a connection; the same one for all its requests. */
export function socketOf(id: number, addresses: Addresses): Socket {
  let socket = sockets.get(id);
  if (!socket) {
    socket = new Socket(id, addresses);
    sockets.set(id, socket);
  }
  return socket;
}

export function socketClosed(id: number, hadError: boolean): void {
  const socket = sockets.get(id);
  sockets.delete(id);
  if (!socket) return;
  socket.destroyed = true;
  socket.writable = false;
  socket.readable = false;
  socket.emit('close', hadError);
}

export function socketTimedOut(id: number): void {
  sockets.get(id)?.emit('timeout');
}

/** Bytes to send: text stays text, so that the guest need not encode it. */
export function bodyPart(chunk: unknown, encoding = 'utf8'): BodyPart {
  if (typeof chunk === 'string') return { text: chunk, encoding };
  if (chunk instanceof Uint8Array) return attachBytes(chunk);
  throw invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
}

/** Remembers a callback for when the host has written. */
export function acknowledge(callback: Callback | undefined): number | undefined {
  if (typeof callback !== 'function') return undefined;
  acks += 1;
  waiting.set(acks, callback);
  return acks;
}

export function acknowledged(ack: number): void {
  const callback = waiting.get(ack);
  waiting.delete(ack);
  callback?.();
}
