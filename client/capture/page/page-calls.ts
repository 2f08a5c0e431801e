/**
 * The calls of all pages, and which request on the wire each of them became: same method and target, of the
 * kind that the call makes, in order of time. A request may have no call (a preflight, curl), and a call no
 * request (answered from the cache, refused by the browser).
 */
import type { HttpMessageRecord } from '../../dissect/records.ts';
import type { NetworkApi, NetworkEvent } from '../../stage/protocol.ts';
import { headerOf, type HttpMessage } from '../exchanges.ts';
import { CALL_TOLERANCE_MS, WAITING_REQUESTS } from '../limits.ts';
import { DocumentCall } from './document-call.ts';
import { EventSourceCall } from './event-source-call.ts';
import { HttpCall } from './http-call.ts';
import type { PageCall } from './page-call.ts';
import { SocketCall } from './socket-call.ts';

/** Fetch Metadata §2.1: what `Sec-Fetch-Dest` says of the request that an API makes. */
const DESTINATIONS: Record<NetworkApi, readonly string[]> = {
  fetch: ['empty'],
  XMLHttpRequest: ['empty'],
  XDomainRequest: ['empty'],
  EventSource: ['empty'],
  sendBeacon: ['empty'],
  WebSocket: ['empty', 'websocket'],
  script: ['script'],
  iframe: ['iframe', 'frame', 'document'],
  htmlfile: ['iframe', 'frame', 'document', 'empty'],
  img: ['image'],
  form: ['document', 'iframe', 'frame'],
};

export class PageCalls {
  /** By page, then by number. */
  readonly #calls = new Map<string | null, Map<number, PageCall>>();
  readonly #waitingCalls = new Map<string, PageCall[]>();
  readonly #waitingRequests = new Map<string, HttpMessage[]>();
  /** Bound of the clocks' error, ms. */
  errorMs = 0;

  get(call: number, page: string | null): PageCall | undefined {
    return this.#calls.get(page)?.get(call);
  }

  /** A new document counts its calls from 1 again. */
  newDocument(page: string | null): void {
    this.#calls.delete(page);
    for (const [key, calls] of this.#waitingCalls) {
      this.#keep(
        this.#waitingCalls,
        key,
        calls.filter((call) => call.page !== page),
      );
    }
  }

  /** A call was made. Returns it; it has its exchange when the request was already seen. */
  called(event: NetworkEvent, page: string | null): PageCall {
    const call = create(event, page);
    let calls = this.#calls.get(page);
    if (!calls) this.#calls.set(page, (calls = new Map()));
    calls.set(event.call, call);
    this.#join(call);
    return call;
  }

  /** A call is over, or connects again: requests that were seen before may be its. */
  happened(call: PageCall): void {
    if (call.waits && call.exchanges.length > 0) this.#join(call);
  }

  /** A request was seen on the wire. Returns the call that made it, if one is known. */
  requested(request: HttpMessage): PageCall | null {
    const key = keyOf(request.record);
    if (key === null || isPreflight(request.record)) return null;
    const calls = this.#waitingCalls.get(key) ?? [];
    const call = calls.find((each) => this.#couldBe(each, request));
    if (!call) {
      push(this.#waitingRequests, key, request);
      return null;
    }
    join(call, request);
    this.#keep(
      this.#waitingCalls,
      key,
      calls.filter((each) => each !== call || each.waits),
    );
    return call;
  }

  /** Forgets what waits since before `horizon`. */
  forget(horizon: number): void {
    for (const [key, requests] of this.#waitingRequests) {
      this.#keep(
        this.#waitingRequests,
        key,
        requests.filter(({ sent }) => sent >= horizon),
      );
    }
    for (const [key, calls] of this.#waitingCalls) {
      this.#keep(
        this.#waitingCalls,
        key,
        calls.filter(({ t, ended, exchanges }) => t >= horizon || (exchanges.length > 0 && ended === null)),
      );
    }
    for (const calls of this.#calls.values()) {
      for (const [number, { t, ended }] of calls) {
        if (t < horizon && ended !== null && ended < horizon) calls.delete(number);
      }
    }
  }

  /** Looks for requests of this call among those that wait; it waits for more as long as it may make any. */
  #join(call: PageCall): void {
    const key = `${call.method} ${call.target}`;
    let requests = this.#waitingRequests.get(key) ?? [];
    while (call.waits) {
      const request = requests.find((each) => this.#couldBe(call, each));
      if (!request) break;
      join(call, request);
      requests = requests.filter((each) => each !== request);
      this.#keep(this.#waitingRequests, key, requests);
    }
    const waiting = this.#waitingCalls.get(key) ?? [];
    if (call.waits && !waiting.includes(call)) this.#keep(this.#waitingCalls, key, [...waiting, call]);
  }

  /** A request follows its call, and does not follow the call's end. */
  #couldBe(call: PageCall, request: HttpMessage): boolean {
    const tolerance = CALL_TOLERANCE_MS + this.errorMs;
    return (
      fits(call.api, request.record) &&
      call.t <= request.sent + tolerance &&
      (call.ended === null || call.ended >= request.sent - tolerance)
    );
  }

  #keep<T>(map: Map<string, T[]>, key: string, list: T[]): void {
    if (list.length > 0) map.set(key, list);
    else map.delete(key);
  }
}

function create(event: NetworkEvent, page: string | null): PageCall {
  switch (event.api) {
    case 'WebSocket':
      return new SocketCall(event, page);
    case 'EventSource':
      return new EventSourceCall(event, page);
    case 'script':
    case 'iframe':
    case 'htmlfile':
      return new DocumentCall(event, page);
    default:
      return new HttpCall(event, page);
  }
}

function join(call: PageCall, request: HttpMessage): void {
  if (!request.exchange) return;
  call.exchanges.push(request.exchange);
  request.call = call;
}

/** Whether a request is of the kind that the API makes. */
function fits(api: NetworkApi, record: HttpMessageRecord): boolean {
  const upgrade = headerOf(record, 'upgrade')?.toLowerCase() === 'websocket';
  if (upgrade !== (api === 'WebSocket')) return false;
  const destination = headerOf(record, 'sec-fetch-dest');
  if (destination !== undefined && !DESTINATIONS[api].includes(destination)) return false;
  return api !== 'EventSource' || (headerOf(record, 'accept') ?? '').includes('text/event-stream');
}

/** CORS-preflight (Fetch §4.8): the browser's own, before a call's request. */
function isPreflight(record: HttpMessageRecord): boolean {
  const isOptions = 'method' in record.startLine && record.startLine.method === 'OPTIONS';
  return isOptions && headerOf(record, 'access-control-request-method') !== undefined;
}

function keyOf({ startLine }: HttpMessageRecord): string | null {
  return 'method' in startLine ? `${startLine.method} ${startLine.target}` : null;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (list.push(value) > WAITING_REQUESTS) list.shift();
}
