/**
 * One guest, seen from the main thread: takes its calls, tells it news, ends it.
 *
 * In: batches of calls from the worker. Out: calls on `SandboxHost`, messages to the guest.
 * Nothing a guest says is believed: whatever its calls make fail ends that guest alone.
 */
import type { ReportedError } from '../../errors/protocol.ts';
import { monotonicMs, SandboxError, type SandboxEnd } from '../contract.ts';
import type { SandboxLimits } from '../limits.ts';
import type {
  BodyPart,
  FromGuest,
  GuestCall,
  GuestCalls,
  HandedCall,
  HandlingCall,
  RespondCall,
  ToGuest,
  ToWorker,
} from '../protocol.ts';
import { readCalls } from './checks.ts';
import type { GuardedHost } from './guard.ts';
import { HttpHost } from './http.ts';

/** As many as a guest may name. */
const MOST_SITES = 10_001;

export interface LinkOptions {
  sandbox: number;
  host: GuardedHost;
  limits: SandboxLimits;
  post(message: ToWorker): void;
  /** The link is over; the worker's part must be dropped. */
  ended(): void;
}

export class GuestLink {
  readonly host: GuardedHost;
  readonly limits: SandboxLimits;
  /** Settles when the first turn is over, or the run ended before. */
  readonly started: Promise<void>;
  readonly #options: LinkOptions;
  readonly #http: HttpHost;
  #settle!: { resolve(): void; reject(error: SandboxError): void };
  readonly #sites = new Map<number, GuestCall>();
  #told = 0;
  /** How many messages the guest had heard when it last had nothing left to do. */
  #idleAt = -1;
  #over = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.host = options.host;
    this.limits = options.limits;
    this.#http = new HttpHost(this);
    this.started = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
  }

  get connections(): number {
    return this.#http.openConnections;
  }

  /** Text is a request's (`request-text.ts`). */
  tell(message: ToGuest | string, bytes?: Uint8Array): void {
    if (this.#over) return;
    this.#told += 1;
    this.#options.post({
      type: 'tell',
      sandbox: this.#options.sandbox,
      texts: [typeof message === 'string' ? message : JSON.stringify(message)],
      ...(bytes ? { bytes } : {}),
    });
  }

  /** Takes the calls of one turn. */
  take(text: string, bytes: Uint8Array[]): void {
    let current: GuestCalls[number] | undefined;
    try {
      const parts = bytes[Symbol.iterator]();
      for (const call of readCalls(text)) {
        if (this.#over) return;
        current = call;
        if (!Array.isArray(call)) this.#take(call, parts);
        else if (call[0] === 'respond') this.#respond(call, parts);
        else if (call[0] === 'handed') this.#handed(call);
        else this.#handling(call);
      }
    } catch (error) {
      this.#refuse(error, current);
    }
  }

  idle(heard: number): void {
    this.#idleAt = heard;
    this.maybeIdle();
  }

  /** Ends the program when neither itself nor a connection can call it again. */
  maybeIdle(): void {
    if (this.#over || this.#idleAt !== this.#told || this.#http.openConnections > 0) return;
    this.#idleAt = -1;
    this.#options.post({ type: 'leave', sandbox: this.#options.sandbox });
  }

  limit(limit: string, value: number): void {
    this.fail({
      code: 'LIMIT_REACHED',
      message: `A lab may have ${value} ${limit}, not more.`,
      params: { limit, value },
    });
  }

  /** Ends the run because of an error; it is an event too. */
  fail(error: ReportedError, at = monotonicMs()): void {
    if (this.#over) return;
    this.host.event({ type: 'thrown', at, error, fatal: true });
    this.end({ reason: 'error', error });
  }

  /** Ends the run once: closes everything of it on this thread and says so. */
  end(end: SandboxEnd): void {
    if (this.#over) return;
    this.#over = true;
    this.#http.dispose();
    this.#options.ended();
    if (end.reason === 'error') this.#settle.reject(new SandboxError(end.error));
    else this.#settle.resolve();
    this.host.ended(end);
  }

  #take(call: FromGuest, bytes: Iterator<Uint8Array>): void {
    const { host } = this;
    const http = this.#http;
    switch (call.op) {
      case 'started':
        return this.#settle.resolve();
      case 'console':
        return host.event({
          type: 'console',
          at: call.at,
          level: call.level,
          values: call.values,
          position: call.position,
        });
      case 'mark':
        return host.event({ type: 'mark', at: call.at, name: call.name, position: call.position });
      case 'timer':
        return host.event({ type: 'timer', at: call.at, kind: call.kind, position: call.position });
      case 'thrown':
        if (call.fatal) return this.fail(this.#withLimit(call.error), call.at);
        return host.event({ type: 'thrown', at: call.at, error: call.error, fatal: false });
      case 'site':
        return this.#learnSite(call);
      case 'listen':
        return http.listen(call);
      case 'stopListening':
        return http.stopListening(call);
      case 'closeConnections':
        return http.closeConnections(call);
      case 'serverOption':
        return http.setOption(call);
      case 'wants':
        return http.want(call);
      case 'informational':
        return http.exchange(call.request)?.inform(call);
      case 'responseTimeout':
        return http.exchange(call.request)?.setTimeout(call.ms);
      case 'watch':
        return this.#watch(call.request);
      case 'read':
        return http.exchange(call.request)?.read(call.taken);
      case 'destroyRequest':
        return http.exchange(call.request)?.destroy(call);
      case 'countConnections':
        return http.countConnections(call);
      case 'upgrading':
        return http.upgrading(call);
      case 'refuseRequest':
        return http.refuseRequest(call);
      case 'connect':
        return http.connect(call);
      case 'watchSocket':
        return http.watchSocket(call);
      case 'socketRead':
        return http.connection(call.socket)?.read(call);
      case 'socketWrite': {
        const chunk = partBytes(call.part, bytes);
        return http.connection(call.socket)?.write(call, chunk);
      }
      case 'socketDestroy':
        return http.socketDestroy(call);
      case 'socketOption':
        return http.connection(call.socket)?.option(call);
      case 'clientRequest':
        return http.clients.request(call);
      case 'clientWrite':
        return http.clients.write(call, partBytes(call.part, bytes));
      case 'clientRead':
        return http.clients.read(call);
      case 'clientTimeout':
        return http.clients.setTimeout(call);
      case 'clientDestroy':
        return http.clients.destroy(call);
      default:
        throw new TypeError('The guest made a call that does not exist.');
    }
  }

  /** The guest knows that memory ran out, not how much there was. */
  #withLimit(error: ReportedError): ReportedError {
    if (error.code !== 'MEMORY_LIMIT') return error;
    return { ...error, params: { mb: this.limits.memoryBytes / (1024 * 1024) } };
  }

  #learnSite({ site, name, position }: Extract<FromGuest, { op: 'site' }>): void {
    if (typeof site !== 'number' || this.#sites.size >= MOST_SITES) throw new TypeError('No such call site.');
    this.#sites.set(site, { name, position });
  }

  #site(site: number): GuestCall {
    return this.#sites.get(site) ?? { name: 'res.end' };
  }

  #respond(call: RespondCall, bytes: Iterator<Uint8Array>): void {
    const body = call[5];
    const chunk = body === 0 ? undefined : body === 1 ? nextBytes(bytes) : body;
    this.#http.exchange(call[1])?.respond(call, this.#site(call[2]), chunk);
  }

  #handling(call: HandlingCall): void {
    const exchange = this.#http.exchange(call[2]);
    if (!exchange) return;
    const { position } = this.#site(call[3]);
    const { socket, req } = exchange;
    this.host.event({
      type: 'request',
      at: call[1],
      socket,
      method: req.method ?? '',
      target: req.url ?? '',
      position,
    });
  }

  #handed([, at, socket, site, end]: HandedCall): void {
    if (!Number.isFinite(at)) throw new TypeError('The guest told an event without a time.');
    this.#http.connection(socket)?.handed(at, end, this.#sites.get(site));
  }

  /** Of an exchange that is over already the guest is told at once. */
  #watch(request: number): void {
    const exchange = this.#http.exchange(request);
    if (exchange) return exchange.watch();
    this.tell({ to: 'finish', request });
    this.tell({ to: 'close', request, aborted: false });
  }

  /** node:http refused what the guest wanted (its checks are Node's), or the guest spoke nonsense. */
  #refuse(error: unknown, call: GuestCalls[number] | undefined): void {
    const named = Array.isArray(call) ? this.#site(call[2]) : call && 'call' in call ? call.call : undefined;
    const at = named?.position;
    const { name, code, message } = error as NodeJS.ErrnoException;
    const text = code === undefined ? `${name}: ${message}` : `${name} [${code}]: ${message}`;
    this.fail({ code: 'SERVER_THREW', message: text, ...(at ? { at, stack: [at] } : {}) });
  }
}

function partBytes(part: BodyPart | undefined, bytes: Iterator<Uint8Array>): Buffer | undefined {
  if (part === undefined) return undefined;
  if (part !== true) return Buffer.from(part.text, part.encoding as BufferEncoding);
  return nextBytes(bytes);
}

function nextBytes(bytes: Iterator<Uint8Array>): Buffer {
  const next = bytes.next();
  if (next.done) throw new TypeError('The guest named bytes it did not send.');
  return Buffer.from(next.value.buffer, next.value.byteOffset, next.value.length);
}
