/** `http.Server`: the events of connections and requests on a virtual port. */
import type { SourcePosition } from '../../errors/protocol.ts';
import type { Addresses } from '../protocol.ts';
import type { RequestFields } from '../request-text.ts';
import { call, callText, now } from './bridge.ts';
import { asBuffer } from './buffer.ts';
import { callable, type Listener } from './events.ts';
import { requests, responses } from './exchanges.ts';
import {
  closeIncoming,
  endBody,
  type IncomingMessage,
  isHeard,
  loseBody,
  makeIncoming,
} from './http-incoming.ts';
import { handlingText } from './http-response-text.ts';
import { makeResponse, type ServerResponse } from './http-response.ts';
import { PortServer } from './net-server.ts';
import { socketOf } from './net-socket.ts';
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
  #handledSite: number | undefined;
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
  takeUpgrade(kind: 'upgrade' | 'connect', fields: RequestFields, text: string, head: Uint8Array): void {
    const request = makeIncoming(fields, text);
    request.upgrade = true;
    const socket = request.socket;
    socket.handOver();
    const { method, url: target } = request;
    const position = this.#upgradesAt[kind];
    const { id } = socket;
    call({ op: 'upgrading', at: now(), socket: id, kind, method, target, head: head.length, position });
    this.emit(kind, request, socket, asBuffer(head));
  }
  takeRequest(fields: RequestFields, text: string): void {
    const request = makeIncoming(fields, text);
    const response = makeResponse(request);
    const { id } = request;
    requests.set(id, request);
    responses.set(id, response);
    const expect = fields[8];
    try {
      if (expect !== 'none') {
        const event = expect === 'continue' ? 'checkContinue' : 'checkExpectation';
        this.emit(event, request, response);
      } else {
        this.#handledSite ??= siteAt(this.#handledAt, 'request');
        callText(handlingText(now(), id, this.#handledSite));
        this.emit('request', request, response);
      }
    } finally {
      if (!response.finished && !response.destroyed) this.#awaitAnswer(request, response);
      else if (!responses.has(id)) requests.delete(id);
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
    if (!response.isListenedTo) responses.loosen(request.id);
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

export function closeExchange(id: number, aborted: boolean): void {
  const request = requests.get(id);
  // What comes of its body is still delivered.
  if (aborted || !request?.asked || request.ended) requests.delete(id);
  if (request) closeIncoming(request, aborted);
  responses.get(id)?.didClose();
}

/** `trailers` undefined: the connection broke before. */
export function endRequestBody(id: number, trailers: string[] | undefined): void {
  const request = requests.get(id);
  if (!request) return;
  if (trailers) endBody(request, trailers);
  else loseBody(request);
  if (responses.has(id) && !isHeard(request)) requests.loosen(id);
  if (!responses.has(id)) requests.delete(id);
}
