/** `net.Server`, and what it shares with `http.Server`: opening a virtual port, closing it, counting connections. */
import type { SourcePosition } from '../../errors/protocol.ts';
import type { Addresses } from '../protocol.ts';
import { call } from './bridge.ts';
import { callable, Emitter, type Listener } from './events.ts';
import { limitReached } from './limit-error.ts';
import { acceptSocket, type SocketOptions } from './net-socket.ts';
import { invalidArgument, nodeError, systemError } from './node-error.ts';
import { checkPort } from './own-ports.ts';
import { callSite } from './positions.ts';
import { hold, release } from './references.ts';
import { REPORT, type PlatformError } from './report.ts';
import { acknowledgeWith } from './sending.ts';
import { nextTick } from './tasks.ts';

const servers = new Map<number, PortServer>();
let serverIds = 0;
let openOnes = 0;
let mostPorts = Infinity;
/** Ports asked for and not answered yet: the first turn waits for them. */
let unanswered = 0;

export function limitPorts(count: number): void {
  mostPorts = count;
}
export function pendingPorts(): number {
  return unanswered;
}
export function serverOf(id: number): PortServer | undefined {
  return servers.get(id);
}

export class PortServer extends Emitter {
  readonly id: number = ++serverIds;
  /** The server takes bytes, not requests. */
  protected raw = false;
  #state: 'closed' | 'opening' | 'open' | 'closing' = 'closed';
  #port = 0;
  #host: string | undefined;
  #listenedAt: SourcePosition | undefined;
  #maxConnections: number | undefined;

  constructor() {
    super();
    servers.set(this.id, this);
  }

  /** As in Node from the call on when no host name has to be looked up; a refused port ends it again. */
  get listening(): boolean {
    return this.#state === 'open' || (this.#state === 'opening' && this.#host === undefined);
  }

  get maxConnections(): number | undefined {
    return this.#maxConnections;
  }
  set maxConnections(count: number | undefined) {
    this.#maxConnections = count;
    call({ op: 'serverOption', server: this.id, name: 'maxConnections', value: count ?? null });
  }

  listen(...args: unknown[]): this {
    if (this.#state !== 'closed') {
      throw nodeError(
        'ERR_SERVER_ALREADY_LISTEN',
        'Listen method has been called more than once without closing.',
      );
    }
    const last = args.at(-1);
    if (typeof last === 'function') {
      this.once('listening', last as Listener);
      args.pop();
    }
    const { port, host } = listenArguments(args);
    if (openOnes >= mostPorts) throw limitReached('open ports', mostPorts);
    this.#state = 'opening';
    this.#host = host;
    this.#port = port;
    this.#listenedAt = callSite(PortServer.prototype.listen);
    openOnes += 1;
    hold();
    unanswered += 1;
    call({
      op: 'listen',
      server: this.id,
      port,
      ...(this.raw ? { raw: true } : {}),
      position: this.#listenedAt,
    });
    return this;
  }

  address(): { address: string; family: string; port: number } | null {
    const known = this.#state === 'open' || (this.listening && this.#port !== 0);
    if (!known) return null;
    const host = this.#host === 'localhost' ? '127.0.0.1' : (this.#host ?? '::');
    return { address: host, family: host.includes(':') ? 'IPv6' : 'IPv4', port: this.#port };
  }

  close(callback?: Listener): this {
    if (this.#state === 'closed') {
      const error = nodeError('ERR_SERVER_NOT_RUNNING', 'Server is not running.');
      if (typeof callback === 'function') nextTick(callback as never, error);
      return this;
    }
    if (typeof callback === 'function') this.once('close', callback);
    if (this.#state === 'closing') return this;
    this.#state = 'closing';
    call({ op: 'stopListening', server: this.id });
    return this;
  }
  getConnections(callback: (error: null, count: number) => void): this {
    const ack = acknowledgeWith((count) => callback(null, count));
    call({ op: 'countConnections', server: this.id, ack });
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => this.close(() => resolve()));
  }

  /** The host's news. */
  opened(port: number): void {
    unanswered -= 1;
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.#port = port;
    this.emit('listening');
  }
  refused(port: number, code: string, words: string): void {
    unanswered -= 1;
    this.#end();
    const address = this.#host ?? '::';
    const error: PlatformError = systemError(code, 'listen', `listen ${code}: ${words} ${address}:${port}`, {
      address,
      port,
    });
    error[REPORT] = { code: 'PORT_REFUSED', params: { port, reason: code }, at: this.#listenedAt };
    this.emit('error', error);
  }
  closed(): void {
    if (this.#state === 'closed') return;
    this.#end();
    this.emit('close');
  }
  #end(): void {
    this.#state = 'closed';
    openOnes -= 1;
    release();
  }
  /** A connection came that only its own kind of server can take. */
  takeConnection(_socket: number, _addresses: Addresses): void {
    return undefined;
  }
}

interface NetServerOptions extends SocketOptions {
  pauseOnConnect?: boolean;
  noDelay?: boolean;
  keepAlive?: boolean;
}

class NetServer extends PortServer {
  readonly #options: NetServerOptions;

  constructor(options?: object | Listener, listener?: Listener) {
    super();
    this.raw = true;
    if (typeof options === 'function') [options, listener] = [undefined, options as Listener];
    else if (options !== undefined && options !== null && typeof options !== 'object')
      throw invalidArgument('options', 'of type object', options);
    this.#options = (options ?? {}) as NetServerOptions;
    if (listener) this.on('connection', listener);
  }
  get allowHalfOpen(): boolean {
    return Boolean(this.#options.allowHalfOpen);
  }
  get pauseOnConnect(): boolean {
    return Boolean(this.#options.pauseOnConnect);
  }

  override takeConnection(id: number, addresses: Addresses): void {
    const { allowHalfOpen, highWaterMark, noDelay, keepAlive, pauseOnConnect } = this.#options;
    const socket = acceptSocket(id, addresses, { allowHalfOpen, highWaterMark });
    socket.server = this;
    if (noDelay) socket.setNoDelay(true);
    if (keepAlive) socket.setKeepAlive(true);
    if (pauseOnConnect) socket.pause();
    else socket.read(0);
    this.emit('connection', socket);
  }
}

export type Server = NetServer;
export const Server = Object.defineProperty(callable(NetServer), 'name', { value: 'Server' });

export function createServer(options?: object | Listener, listener?: Listener): Server {
  return new Server(options, listener);
}

/** `listen(port, host, backlog)`, `listen({port, host})`, `listen()` */
function listenArguments(args: unknown[]): { port: number; host: string | undefined } {
  const [first, second] = args;
  if (typeof first === 'object' && first !== null) {
    const { port, host } = first as { port?: unknown; host?: string };
    return { port: checkPort(port ?? 0), host };
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) {
    throw invalidArgument('port', 'a number: a lab has no local (pipe) sockets', first);
  }
  return { port: checkPort(first ?? 0), host: typeof second === 'string' ? second : undefined };
}
