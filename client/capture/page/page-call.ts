/** What the page did with the network: one fetch, one WebSocket, one EventSource… and what it became on the wire. */
import type { SourcePosition } from '#protocol/errors';
import type { NetworkApi, NetworkEvent } from '../../stage/protocol.ts';
import type { Exchange, HttpMessage } from '../exchanges.ts';
import type { Stream } from '../stream/stream.ts';
import { Subject } from '../subject.ts';
import type { ByteRange, ContentRecord, WireRecord } from '../../dissect/records.ts';

/** When and where code called or was called back. */
export interface Moment {
  t: number;
  at?: SourcePosition;
  name: string;
}

/** What calls need of the wire to join what they know with it. */
export interface WireAccess {
  down(exchange: Exchange): Stream | null;
  up(exchange: Exchange): Stream | null;
  /** Where the answer and its body end; null while that is not known. */
  endOf(response: HttpMessage): number | null;
  recordAt(stream: Stream, index: number): WireRecord | undefined;
  contentAt(stream: Stream, index: number): ContentRecord | undefined;
  /**
   * Code was handed these bytes, and with them the messages they lie in; `byParts`: only those of which nothing is
   * left. `subject` is about the last of them.
   */
  hand(stream: Stream, ranges: ByteRange[], moment: Moment, subject: Subject, byParts?: boolean): void;
  /** Code was handed the messages in these bytes, but nobody knows when: the page counted past them. */
  passed(stream: Stream, ranges: ByteRange[]): void;
  /** Code wrote these bytes. */
  wrote(stream: Stream, ranges: ByteRange[], moment: Moment, subject: Subject): void;
  /** `subject` is about the message at this place. */
  point(subject: Subject, stream: Stream, index: number): void;
}

/** A stretch in which so many events were told for nothing. */
export interface Forgotten {
  from: number;
  to: number;
  events: number;
}

export abstract class PageCall {
  readonly call: number;
  readonly page: string | null;
  readonly api: NetworkApi;
  readonly method: string;
  /** Path and query, as a request names them. */
  readonly target: string;
  readonly t: number;
  readonly at: SourcePosition | undefined;
  readonly name: string;
  /** Requests it made, in order: more than one when it connects again. */
  readonly exchanges: Exchange[] = [];
  /** Everything that is about its request. */
  readonly called = new Subject();
  /** When it ended without any more answer to come. */
  ended: number | null = null;
  #forgotten: Forgotten | null = null;

  constructor(event: NetworkEvent, page: string | null) {
    const url = new URL(event.url);
    this.call = event.call;
    this.page = page;
    this.api = event.api;
    this.method = event.method;
    this.target = url.pathname + url.search;
    this.t = event.t;
    this.at = event.at;
    this.name = event.name;
  }

  /** Whether it waits for a request to be seen. */
  get waits(): boolean {
    return this.exchanges.length === 0;
  }

  /** What is said next in the page's code is about this. */
  abstract get subject(): Subject;

  /** Takes note of what happened. */
  abstract happened(event: NetworkEvent): void;

  /** Joins what can be joined by now. */
  abstract resolve(wire: WireAccess): void;

  /** What was told, and is joined with nothing any more, because too much waits; null when there is none. */
  takeForgotten(): Forgotten | null {
    const forgotten = this.#forgotten;
    this.#forgotten = null;
    return forgotten;
  }

  /** Something that was told at `t` will not be joined. */
  protected forgets(t: number): void {
    this.#forgotten ??= { from: t, to: t, events: 0 };
    this.#forgotten.to = t;
    this.#forgotten.events++;
  }

  /** Its request and its answer are known to be this exchange: what is about them is pointed at them. */
  protected pointAtRequest(wire: WireAccess): void {
    const request = this.exchanges[0]?.request;
    if (request) wire.point(this.called, request.stream, request.index);
  }
}

export function momentOf({ t, at, name }: NetworkEvent): Moment {
  return { t, at, name };
}
