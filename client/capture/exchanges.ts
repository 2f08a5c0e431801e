/**
 * Which request, which answer and which call of the handler belong together: on one connection they
 * come in the same order (RFC 9112 §9.3.2).
 */
import type { SourcePosition } from '#protocol/errors';
import type { HttpMessageRecord } from '../dissect/records.ts';
import type { PageCall } from './page/page-call.ts';
import type { Stream } from './stream/stream.ts';
import type { Subject } from './subject.ts';

/** A request or a response on the wire. */
export interface HttpMessage {
  stream: Stream;
  /** Its place in the stream. */
  index: number;
  /** When its first byte entered. */
  sent: number;
  record: HttpMessageRecord;
  exchange: Exchange | null;
  /** The page's call that it is part of. */
  call: PageCall | null;
}

export interface Exchange {
  request: HttpMessage | null;
  response: HttpMessage | null;
  moment: ServerMoment | null;
}

/** Server code was handed something: a request, or bytes that it reads itself. */
export interface ServerMoment {
  t: number;
  at?: SourcePosition;
  /** What shows this moment, and what its handler printed. */
  subject: Subject;
}

/** The exchanges of one connection. */
export class Exchanges {
  /** By number; those that are over and forgotten are missing. */
  readonly #all = new Map<number, Exchange>();
  #requests = 0;
  #responses = 0;
  #moments = 0;
  /** Bytes are missing: what comes later can no longer be counted. */
  broken = false;

  /** Finds the place of a message whose start line is known; null when it has none. */
  join(message: HttpMessage): Exchange | null {
    const { record } = message;
    if (this.broken) return null;
    if (record.kind === 'request') {
      let exchange = this.#at(this.#requests++);
      // What came before it is no answer to it: nobody had asked (RFC 9112 §9.2).
      while (exchange.response && !exchange.moment && exchange.response.sent < message.sent)
        exchange = this.#at(this.#requests++);
      exchange.request = message;
      return exchange;
    }
    // Interim responses announce, they do not answer; 101 does (RFC 9110 §15.2).
    if (!('status' in record.startLine) || isInterim(record.startLine.status)) return null;
    const exchange = this.#at(this.#responses++);
    exchange.response = message;
    return exchange;
  }

  /** The server code was handed the next request. */
  handed(moment: ServerMoment): Exchange | null {
    if (this.broken) return null;
    let exchange = this.#at(this.#moments++);
    while (exchange.response && !exchange.request) exchange = this.#at(this.#moments++);
    exchange.moment = moment;
    return exchange;
  }

  /** Forgets exchanges whose messages `isGone`. */
  forget(isGone: (message: HttpMessage) => boolean): void {
    for (const [number, { request, response }] of this.#all) {
      if (request && response && isGone(request) && isGone(response)) this.#all.delete(number);
    }
  }

  #at(number: number): Exchange {
    let exchange = this.#all.get(number);
    if (!exchange) {
      exchange = { request: null, response: null, moment: null };
      this.#all.set(number, exchange);
    }
    return exchange;
  }
}

function isInterim(status: number): boolean {
  return status >= 100 && status < 200 && status !== 101;
}

/** The value of a header field, names compared as HTTP does; the first where there are more. */
export function headerOf({ headers }: HttpMessageRecord, name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value.trim();
}
