/**
 * The page's network calls, and which request on the wire each of them became: same method and
 * target, in order of time. A request may have no call (a preflight, an image, curl), and a call no
 * request (answered from the cache, refused by the browser).
 */
import type { SourcePosition } from '#protocol/errors';
import type { NetworkEvent } from '../stage/protocol.ts';
import { isHttpMessage, type WireRecord } from '../dissect/records.ts';
import { CALL_TOLERANCE_MS } from './limits.ts';
import type { MessageTrack } from './connections.ts';
import type { Entry } from './ledger.ts';
import type { ConsoleRow, LaneEvent } from './run.ts';

interface Handled {
  t: number;
  at?: SourcePosition;
}

/** One fetch or one XMLHttpRequest. */
export class PageCall {
  readonly call: number;
  readonly t: number;
  readonly at: SourcePosition | undefined;
  readonly key: string;
  request: MessageTrack | null = null;
  /** Words of the lane: for the call, and for what was called back. */
  calledLane: Entry<LaneEvent>[] = [];
  answeredLane: Entry<LaneEvent>[] = [];
  rows: Entry<ConsoleRow>[] = [];
  deliveries: string[] = [];
  /** When it ended without any more answer to come. */
  ended: number | null = null;
  #head: Handled | null = null;
  #body: Handled | null = null;

  constructor(event: NetworkEvent) {
    this.call = event.call;
    this.t = event.t;
    this.at = event.at;
    const url = new URL(event.url);
    this.key = keyOf(event.method, url.pathname + url.search);
  }

  get response(): MessageTrack | null {
    return this.request?.exchange?.response ?? null;
  }

  /** Takes note of a callback. Returns true when it says that code was handed the answer. */
  calledBack({ name, t, at }: NetworkEvent): boolean {
    if (name === 'load' || name === 'error' || name === 'abort' || name === 'timeout') this.ended ??= t;
    if (name === 'response') this.#head ??= { t, at };
    else if (name === 'body' || name === 'load') this.#body ??= { t, at };
    else return false;
    return true;
  }

  /** When code was handed this response; a response without a body is handed over with its head. */
  handledIn(record: WireRecord): Handled | null {
    if (this.#body) return this.#body;
    const empty = isHttpMessage(record) && record.complete && record.end - record.start === record.bodyStart;
    return empty ? this.#head : null;
  }
}

/** Calls and requests that wait for each other. */
export class PageCalls {
  #calls = new Map<number, PageCall>();
  #waitingCalls = new Map<string, PageCall[]>();
  #waitingRequests = new Map<string, MessageTrack[]>();
  /** Bound of the clocks' error, ms. */
  errorMs = 0;

  get(call: number): PageCall | undefined {
    return this.#calls.get(call);
  }

  /** A new document counts its calls from 1 again. */
  newDocument(): void {
    this.#calls.clear();
    this.#waitingCalls.clear();
  }

  /** A call was made. Returns it; its request is set when that was already seen. */
  called(event: NetworkEvent): PageCall {
    const call = new PageCall(event);
    this.#calls.set(event.call, call);
    const requests = this.#waitingRequests.get(call.key) ?? [];
    const index = requests.findIndex((request) => this.#couldBe(call, request));
    if (index < 0) push(this.#waitingCalls, call.key, call);
    else join(call, requests.splice(index, 1)[0]!);
    return call;
  }

  /** A request was seen on the wire. Returns the call that made it, if one is known. */
  requested(request: MessageTrack): PageCall | null {
    const key = keyOfRequest(request);
    if (key === null) return null;
    const calls = this.#waitingCalls.get(key) ?? [];
    const index = calls.findIndex((call) => this.#couldBe(call, request));
    if (index < 0) {
      push(this.#waitingRequests, key, request);
      return null;
    }
    const call = calls.splice(index, 1)[0]!;
    join(call, request);
    return call;
  }

  /** Forgets what waits since before `horizon`. */
  forget(horizon: number): void {
    for (const [key, requests] of this.#waitingRequests) {
      const kept = requests.filter(({ seen }) => seen >= horizon);
      if (kept.length > 0) this.#waitingRequests.set(key, kept);
      else this.#waitingRequests.delete(key);
    }
    for (const [key, calls] of this.#waitingCalls) {
      const kept = calls.filter(({ t }) => t >= horizon);
      if (kept.length > 0) this.#waitingCalls.set(key, kept);
      else this.#waitingCalls.delete(key);
    }
    for (const [number, { t, ended }] of this.#calls) {
      if (t < horizon && ended !== null && ended < horizon) this.#calls.delete(number);
    }
  }

  /** A request follows its call, and does not follow the call's end. */
  #couldBe(call: PageCall, request: MessageTrack): boolean {
    const tolerance = CALL_TOLERANCE_MS + this.errorMs;
    return (
      call.t <= request.seen + tolerance && (call.ended === null || call.ended >= request.seen - tolerance)
    );
  }
}

function join(call: PageCall, request: MessageTrack): void {
  call.request = request;
  request.call = call;
}

function keyOf(method: string, target: string): string {
  return `${method} ${target}`;
}

/** Null when no fetch or XMLHttpRequest can have made it. */
function keyOfRequest({ record }: MessageTrack): string | null {
  if (!isHttpMessage(record) || !('method' in record.startLine)) return null;
  // Fetch Metadata §2.1: `empty` is what fetch() and XMLHttpRequest say; images and documents say otherwise.
  const destination = record.headers.find(({ name }) => name.toLowerCase() === 'sec-fetch-dest')?.value;
  if (destination !== undefined && destination.trim() !== 'empty') return null;
  const { method, target } = record.startLine;
  if (
    method === 'OPTIONS' &&
    record.headers.some(({ name }) => /^access-control-request-method$/i.test(name))
  ) {
    return null;
  }
  return keyOf(method, target);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
