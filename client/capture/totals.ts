import type { Direction } from '#protocol/telemetry';
import { isHttpMessage, type WireRecord } from '../dissect/records.ts';
import { Delays } from './delays.ts';
import type { HttpMessage } from './exchanges.ts';
import type { RunTotals } from './run.ts';

/** An answer with at most this many bytes of body says "nothing": `[]`. */
const EMPTY_BODY_BYTES = 2;

/** What is counted of a run, as it comes; what is forgotten later stays counted. */
export class Totals {
  readonly #delays = new Delays();
  #requests = 0;
  readonly #bytes = { up: 0, down: 0 };
  #data = 0;
  #responses = 0;
  #emptyResponses = 0;
  #arrivedDown = 0;
  #deliverable = 0;
  #delivered = 0;
  /** Deliverable messages of answers, by their head; those of a known call are counted. */
  readonly #byHead = new WeakMap<HttpMessage, { parts: number; counted: boolean }>();

  get snapshot(): RunTotals {
    return {
      requests: this.#requests,
      responses: this.#responses,
      emptyResponses: this.#emptyResponses,
      arrivedDown: this.#arrivedDown,
      bytesUp: this.#bytes.up,
      bytesDown: this.#bytes.down,
      data: this.#data,
      deliverable: this.#deliverable,
      delivered: this.#delivered,
      medianDelay: this.#delays.median,
    };
  }

  entered(direction: Direction, bytes: number): void {
    this.#bytes[direction] += bytes;
  }

  /** A record is new, or other than it was. */
  record(now: WireRecord, before: { isRequest: boolean; data: number } | null): void {
    this.#data += now.data - (before?.data ?? 0);
    this.#requests += (now.kind === 'request' ? 1 : 0) - (before?.isRequest ? 1 : 0);
  }

  /** A response is complete. */
  answered(record: WireRecord): void {
    this.#responses++;
    if (isHttpMessage(record) && isEmpty(record.body)) this.#emptyResponses++;
  }

  arrived(direction: Direction): void {
    if (direction === 'down') this.#arrivedDown++;
  }

  /** A message for the page is complete; `head` is the answer it is part of. */
  deliverable(head: HttpMessage): void {
    const of = this.#of(head);
    of.parts++;
    if (of.counted) this.#deliverable++;
  }

  /** The page's call for this answer is known: what it carries is for the page. Answers to `curl` are not. */
  called(head: HttpMessage): void {
    const of = this.#of(head);
    if (of.counted) return;
    of.counted = true;
    this.#deliverable += of.parts;
  }

  /** Code was handed a deliverable message, after so many ms; null when that is not known. */
  delivered(delay: number | null): void {
    this.#delivered++;
    if (delay !== null) this.#delays.add(delay);
  }

  #of(head: HttpMessage): { parts: number; counted: boolean } {
    let of = this.#byHead.get(head);
    if (!of) this.#byHead.set(head, (of = { parts: 0, counted: false }));
    return of;
  }
}

function isEmpty(body: { framing: string; length?: number }): boolean {
  if (body.framing === 'none') return true;
  return body.framing === 'content-length' && (body.length ?? 0) <= EMPTY_BODY_BYTES;
}

/** Whether a message carries something that is for the page: not heads of streams, ends of bodies, control frames. */
export function isDeliverable(record: WireRecord): boolean {
  switch (record.kind) {
    case 'response':
      return record.body.framing === 'none' || record.body.framing === 'content-length';
    case 'chunk':
      return !record.last;
    case 'frame':
      return record.opcode < 8;
    default:
      return record.kind === 'body';
  }
}
