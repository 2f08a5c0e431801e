/** `http.Server`: virtual ports and the events of connections and requests. */
import type { SourcePosition } from '../../errors/protocol.ts';
import type { Addresses, RequestMessage, ToGuest } from '../protocol.ts';
import { call, now } from './bridge.ts';
import { callable, Emitter, type Listener } from './events.ts';
import {
  closeIncoming,
  endBody,
  type IncomingMessage,
  makeIncoming,
  setExchangeWatcher,
  takeBody,
} from './http-incoming.ts';
import { live, ServerResponse } from './http-response.ts';
import { acknowledged, socketClosed, socketOf, socketTimedOut } from './http-socket.ts';
import { limitReached } from './limit-error.ts';
import { invalidArgument, nodeError, nodeRangeError, systemError } from './node-error.ts';
import { callSite, siteAt } from './positions.ts';
import { hold, release } from './references.ts';
import { REPORT, type PlatformError } from './report.ts';
import { nextTick } from './tasks.ts';

const servers = new Map<number, HttpServer>();
let serverIds = 0;
let mostPorts = Infinity;
/** Ports asked for and not answered yet: the first turn waits for them. */
let unanswered = 0;

export function limitPorts(count: number): void {
  mostPorts = count;
}
export function pendingPorts(): number {
  return unanswered;
}

/** Number-valued members that node:http reads; setting one reaches the host's server. */
const OPTIONS = {
  timeout: 0,
  keepAliveTimeout: 5_000,
  headersTimeout: 60_000,
  requestTimeout: 300_000,
  maxHeadersCount: null,
  maxRequestsPerSocket: 0,
} as const;
type OptionName = keyof typeof OPTIONS;

const WANTED = ['connection', 'clientError', 'checkContinue', 'checkExpectation', 'timeout'] as const;

class HttpServer extends Emitter {
  readonly id = ++serverIds;
  listening = false;
  #state: 'closed' | 'opening' | 'open' | 'closing' = 'closed';
  #port = 0;
  #host: string | undefined;
  #listenedAt: SourcePosition | undefined;
  #handledAt: SourcePosition | undefined;
  readonly #values: Record<OptionName, number | null> = { ...OPTIONS };

  constructor(options?: object | Listener, handler?: Listener) {
    super();
    if (typeof options === 'function') [options, handler] = [undefined, options as Listener];
    else if (options !== undefined && options !== null && typeof options !== 'object')
      throw invalidArgument('options', 'of type object', options);
    servers.set(this.id, this);
    for (const [name, value] of Object.entries(options ?? {})) {
      if (Object.hasOwn(OPTIONS, name)) this.setOption(name as OptionName, value as number);
    }
    if (handler) {
      this.#handledAt = callSite(createServer) ?? callSite(Server);
      super.on('request', handler);
    }
  }

  option(name: OptionName): number | null {
    return this.#values[name];
  }
  setOption(name: OptionName, value: number | null): void {
    this.#values[name] = value;
    call({ op: 'serverOption', server: this.id, name, value });
  }
  setTimeout(ms?: number | Listener, callback?: Listener): this {
    if (typeof ms === 'function') [ms, callback] = [undefined, ms];
    this.setOption('timeout', ms ?? 0);
    if (callback) this.on('timeout', callback);
    return this;
  }

  override on(event: string | symbol, listener: Listener): this {
    if (event === 'request') this.#handledAt ??= callSite(HttpServer.prototype.on);
    const wanted = WANTED.find((name) => name === event);
    if (wanted && this.listenerCount(wanted) === 0) call({ op: 'wants', server: this.id, event: wanted });
    return super.on(event, listener) as this;
  }
  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
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
    if ([...servers.values()].filter((server) => server.#state !== 'closed').length >= mostPorts)
      throw limitReached('open ports', mostPorts);
    this.#state = 'opening';
    this.#host = host;
    this.#listenedAt = callSite(HttpServer.prototype.listen);
    hold();
    unanswered += 1;
    call({ op: 'listen', server: this.id, port, position: this.#listenedAt });
    return this;
  }

  address(): { address: string; family: string; port: number } | null {
    if (this.#state !== 'open') return null;
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
    this.listening = false;
    call({ op: 'stopListening', server: this.id });
    return this;
  }
  closeAllConnections(): void {
    call({ op: 'closeConnections', server: this.id, idleOnly: false });
  }
  closeIdleConnections(): void {
    call({ op: 'closeConnections', server: this.id, idleOnly: true });
  }
  getConnections(callback: (error: null, count: number) => void): this {
    nextTick(callback as never, null, 0);
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
    this.listening = true;
    this.emit('listening');
  }
  refused(port: number, code: string, words: string): void {
    unanswered -= 1;
    this.#state = 'closed';
    release();
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
    this.#state = 'closed';
    this.listening = false;
    release();
    this.emit('close');
  }
  takeRequest(message: RequestMessage): void {
    const request = makeIncoming(message);
    const response = new ServerResponse(request);
    requests.set(request.id, request);
    live.set(request.id, response);
    const expect = message[9];
    if (expect !== 0) {
      const event = expect === 'continue' ? 'checkContinue' : 'checkExpectation';
      this.emit(event, request, response);
    } else {
      call(['handling', now(), request.id, siteAt(this.#handledAt, 'request')]);
      this.emit('request', request, response);
    }
    if (!live.has(request.id) && response.finished) requests.delete(request.id);
  }
}

for (const name of Object.keys(OPTIONS) as OptionName[]) {
  Object.defineProperty(HttpServer.prototype, name, {
    get(this: HttpServer) {
      return this.option(name);
    },
    set(this: HttpServer, value: number | null) {
      this.setOption(name, value);
    },
    configurable: true,
  });
}

export type Server = HttpServer;
export const Server = Object.defineProperty(callable(HttpServer), 'name', { value: 'Server' });

export function createServer(options?: object | Listener, handler?: Listener): Server {
  return new Server(options, handler);
}

/** Requests whose body or end the guest may still hear of. */
const requests = new Map<number, IncomingMessage>();

setExchangeWatcher((request) => live.get(request)?.watch());

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

function checkPort(port: unknown): number {
  const number = typeof port === 'string' && port.trim() !== '' ? Number(port) : port;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 65_536) return number;
  const received =
    typeof port === 'string' ? `type string ('${port}')` : `type ${typeof port} (${String(port)})`;
  throw nodeRangeError(
    'ERR_SOCKET_BAD_PORT',
    `options.port should be >= 0 and < 65536. Received ${received}.`,
  );
}

function closeExchange(id: number, aborted: boolean): void {
  const request = requests.get(id);
  requests.delete(id);
  if (request) closeIncoming(request, aborted);
  live.get(id)?.didClose();
}

function takeClientError(message: Extract<ToGuest, { to: 'clientError' }>): void {
  const error = Object.assign(new Error(message.message), { code: message.code });
  servers.get(message.server)?.emit('clientError', error, socketOf(message.socket, message.addresses));
}

function takeConnection(server: number, socket: number, addresses: Addresses): void {
  servers.get(server)?.emit('connection', socketOf(socket, addresses));
}

function takeTimeout(message: Extract<ToGuest, { to: 'timeout' }>): void {
  if (message.request !== undefined) live.get(message.request)?.emit('timeout');
  else if (message.socket !== undefined) socketTimedOut(message.socket);
}

/** Delivers one message of the host. */
export function takeMessage(message: ToGuest | RequestMessage, bytes: Uint8Array | undefined): void {
  if (Array.isArray(message)) return servers.get(message[1])?.takeRequest(message);
  switch (message.to) {
    case 'listening':
      return servers.get(message.server)?.opened(message.port);
    case 'listenFailed':
      return servers.get(message.server)?.refused(message.port, message.code, message.message);
    case 'serverClosed':
      return servers.get(message.server)?.closed();
    case 'connection':
      return takeConnection(message.server, message.socket, message.addresses);
    case 'body': {
      const request = requests.get(message.request);
      if (request && bytes) takeBody(request, bytes);
      return;
    }
    case 'bodyEnd': {
      const request = requests.get(message.request);
      if (request) endBody(request, message.trailers);
      return;
    }
    case 'written':
    case 'socketWritten':
      return acknowledged(message.ack);
    case 'full':
      return live.get(message.request)?.filled();
    case 'drain':
      return live.get(message.request)?.drained();
    case 'finish':
      return live.get(message.request)?.didFinish();
    case 'close':
      return closeExchange(message.request, message.aborted);
    case 'timeout':
      return takeTimeout(message);
    case 'socketClosed':
      return socketClosed(message.socket, message.hadError);
    case 'clientError':
      return takeClientError(message);
  }
}
