import type { HttpMessageRecord } from '../records.ts';
import { Heartbeats } from '../websocket/heartbeats.ts';

/** What a connection speaks after HTTP/1.1, in both directions. */
export type Switch =
  | { to: 'websocket'; deflate: Deflate | null }
  | { to: 'other'; protocol: string }
  /** CONNECT was granted (RFC 9110 §9.3.6). */
  | { to: 'tunnel' };

/** RFC 7692 §7.1.1: by direction, whether a message may refer back to the ones before it. */
export interface Deflate {
  takeover: { up: boolean; down: boolean };
}

/** What a response needs to know of the request it answers. */
export interface Asked {
  method: string;
  /** The whole head, as far as it was read. */
  message: HttpMessageRecord;
}

/**
 * What one direction of a connection has to know of the other: a response is framed by the method
 * it answers, and a protocol switch is asked for in one direction and granted in the other.
 */
export class Exchange {
  /** After a switch to WebSocket: which pong answers which ping. */
  readonly heartbeats = new Heartbeats();
  readonly #asked: Asked[] = [];
  #answered = 0;
  #inStep = true;
  #switched: Switch | null = null;

  /** A request line was read. Returns the request's place on the connection, from 0. */
  requested(asked: Asked): number {
    return this.#asked.push(asked) - 1;
  }

  /** The request that the next final response answers; undefined when it cannot be known. */
  get toAnswer(): Asked | undefined {
    return this.#inStep ? this.#asked[this.#answered] : undefined;
  }

  /** A head of a response was read. Interim ones (1xx except 101) answer nothing yet (RFC 9110 §15.2). */
  answered(status: number): void {
    if (status === 101 || status < 100 || status >= 200) this.#answered++;
  }

  hasAnswered(request: number): boolean {
    return this.#answered > request;
  }

  /** Bytes are missing, so that requests and responses can no longer be counted against each other. */
  loseStep(): void {
    this.#inStep = false;
  }

  get inStep(): boolean {
    return this.#inStep;
  }

  /** From here on the connection speaks another protocol, in both directions. */
  switchTo(protocol: Switch): void {
    this.#switched ??= protocol;
  }

  /** What the connection was switched to; null before that. */
  get switched(): Switch | null {
    return this.#switched;
  }
}
