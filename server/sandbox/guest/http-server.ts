/** `http.Server`: the events of connections and requests on a virtual port. */
import type { SourcePosition } from '../../errors/protocol.ts';
import type { Addresses, RequestMessage } from '../protocol.ts';
import { call, now } from './bridge.ts';
import { asBuffer } from './buffer.ts';
import { callable, type Listener } from './events.ts';
import { Exchanges } from './exchanges.ts';
import {
  closeIncoming,
  endBody,
  type IncomingMessage,
  isHeard,
  loseBody,
  makeIncoming,
  setExchangeWatcher,
} from './http-incoming.ts';
import { live, ServerResponse } from './http-response.ts';
import { PortServer } from './net-server.ts';
import { readAddresses, socketOf } from './net-socket.ts';
import { invalidArgument } from './node-error.ts';
import { callSite, siteAt } from './positions.ts';
import { awaitAnswer } from './unanswered.ts';

/** Number-valued members that node:http reads; setting one reaches the host's server. */
const OPTIONS = {
  timeout: 0,
  keepAliveTimeout: 5_000,
  headersTimeout: 60_000,
  requestTimeout: 300_000,
  maxHeadersCount: null,
  maxRequestsPerSocket: 0,
  connectionsCheckingInterval: 30_000,
} as const;
type OptionName = keyof typeof OPTIONS;

const WANTED = [
  'connection',
  'clientError',
  'checkContinue',
  'checkExpectation',
  'timeout',
  'upgrade',
  'connect',
] as const;

class HttpServer extends PortServer {
  #handledAt: SourcePosition | undefined;
  readonly #upgradesAt: Partial<Record<'upgrade' | 'connect', SourcePosition>> = {};
  readonly #values: Record<OptionName, number | null> = { ...OPTIONS };

  constructor(options?: object | Listener, handler?: Listener) {
    super();
    if (typeof options === 'function') [options, handler] = [undefined, options as Listener];
    else if (options !== undefined && options !== null && typeof options !== 'object')
      throw invalidArgument('options', 'of type object', options);
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
    if (event === 'upgrade' || event === 'connect')
      this.#upgradesAt[event] ??= callSite(HttpServer.prototype.on);
    const wanted = WANTED.find((name) => name === event);
    if (wanted && this.listenerCount(wanted) === 0) call({ op: 'wants', server: this.id, event: wanted });
    return super.on(event, listener) as this;
  }
  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  closeAllConnections(): void {
    call({ op: 'closeConnections', server: this.id, idleOnly: false });
  }
  closeIdleConnections(): void {
    call({ op: 'closeConnections', server: this.id, idleOnly: true });
  }

  /** The host's news. */
  override takeConnection(socket: number, addresses: Addresses): void {
    this.emit('connection', socketOf(socket, addresses));
  }
  takeUpgrade(kind: 'upgrade' | 'connect', message: RequestMessage, head: Uint8Array): void {
    const request = makeIncoming(message);
    request.upgrade = true;
    const socket = socketOf(message[2], readAddresses(message[10]));
    socket.handOver();
    const { method, url: target } = request;
    const position = this.#upgradesAt[kind];
    call({ op: 'upgrading', at: now(), socket: socket.id, method, target, position });
    this.emit(kind, request, socket, asBuffer(head));
  }
  takeRequest(message: RequestMessage): void {
    const request = makeIncoming(message);
    const response = new ServerResponse(request);
    requests.set(request.id, request);
    live.set(request.id, response);
    const expect = message[9];
    try {
      if (expect !== 0) {
        const event = expect === 'continue' ? 'checkContinue' : 'checkExpectation';
        this.emit(event, request, response);
      } else {
        call(['handling', now(), request.id, siteAt(this.#handledAt, 'request')]);
        this.emit('request', request, response);
      }
    } finally {
      if (!response.finished && !response.destroyed) this.#awaitAnswer(request, response);
      else if (!live.has(request.id)) requests.delete(request.id);
    }
  }

  /** The handler has returned without an answer: whether there will be one is up to what the program has kept. */
  #awaitAnswer(request: IncomingMessage, response: ServerResponse): void {
    response.awaited = {
      method: request.method,
      target: request.url,
      connection: request.connectionId,
      handler: this.#handledAt,
      begun: response.headersSent,
      settled: false,
    };
    awaitAnswer(response, response.awaited);
    if (!response.isListenedTo) live.loosen(request.id);
    if (request.ended && !isHeard(request)) requests.loosen(request.id);
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

export type { HttpServer };
export type Server = HttpServer;
export const Server = Object.defineProperty(callable(HttpServer), 'name', { value: 'Server' });

export function createServer(options?: object | Listener, handler?: Listener): Server {
  return new Server(options, handler);
}

/** Requests whose body or end the guest may still hear of. */
export const requests = new Exchanges<IncomingMessage>();

setExchangeWatcher((request) => live.get(request)?.watch());

export function closeExchange(id: number, aborted: boolean): void {
  const request = requests.get(id);
  // What comes of its body is still delivered.
  if (aborted || !request?.asked || request.ended) requests.delete(id);
  if (request) closeIncoming(request, aborted);
  live.get(id)?.didClose();
}

/** `trailers` undefined: the connection broke before. */
export function endRequestBody(id: number, trailers: string[] | undefined): void {
  const request = requests.get(id);
  if (!request) return;
  if (trailers) endBody(request, trailers);
  else loseBody(request);
  if (live.has(id) && !isHeard(request)) requests.loosen(id);
  if (!live.has(id)) requests.delete(id);
}
