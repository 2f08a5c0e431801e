import type { NetworkEvent } from '../../stage/protocol.ts';
import { Subject } from '../subject.ts';
import { BodyCursor } from './body-cursor.ts';
import { momentOf, PageCall, type Moment, type WireAccess } from './page-call.ts';

/** Ends a call for good. */
const ENDINGS: ReadonlySet<string> = new Set(['load', 'error', 'abort', 'timeout']);

/** fetch, XMLHttpRequest, and whatever makes one request without telling more of its answer. */
export class HttpCall extends PageCall {
  readonly #answered = new Subject();
  #latest: Subject = this.called;
  #head: Moment | null = null;
  #parts: { loaded: number; moment: Moment; subject: Subject }[] = [];
  #whole: Moment | null = null;
  #cursor: BodyCursor | null = null;
  /** Bytes of the stream below this one were handed over. */
  #handed = 0;

  get subject(): Subject {
    return this.#latest;
  }

  happened(event: NetworkEvent): void {
    const moment = momentOf(event);
    if (ENDINGS.has(event.name)) this.ended ??= event.t;
    this.#latest = this.#answered;
    if (event.name === 'response' || (event.name === 'readystatechange' && event.readyState === 2)) {
      this.#head ??= moment;
    } else if (event.name === 'body' || event.name === 'load') {
      this.#whole ??= moment;
    } else if ('loaded' in event && event.loaded !== undefined && !this.#whole) {
      this.#latest = new Subject();
      this.#parts.push({ loaded: event.loaded, moment, subject: this.#latest });
    }
  }

  resolve(wire: WireAccess): void {
    this.pointAtRequest(wire);
    const response = this.exchanges[0]?.response;
    if (!response) return;
    wire.point(this.#answered, response.stream, response.index);
    const cursor = (this.#cursor ??= new BodyCursor(response));
    const hand = (end: number, moment: Moment, subject: Subject): void => {
      const start = Math.max(this.#handed, response.record.start);
      if (end > start) wire.hand(response.stream, [{ start, end }], moment, subject, true);
      else wire.point(subject, response.stream, response.index);
      this.#handed = Math.max(start, end);
    };
    if (this.#head) {
      if (cursor.head === null) return;
      hand(cursor.head, this.#head, this.#answered);
      this.#head = null;
    }
    while (this.#parts.length > 0) {
      const { loaded, moment, subject } = this.#parts[0]!;
      const offset = cursor.isEncoded ? 0 : cursor.offsetOf(loaded, wire);
      if (offset === null) break;
      hand(offset, moment, subject);
      this.#parts.shift();
    }
    const end = this.#whole && cursor.end(wire);
    if (this.#whole && end !== null) {
      for (const { moment, subject } of this.#parts.splice(0)) hand(0, moment, subject);
      hand(end, this.#whole, this.#answered);
      this.#whole = null;
    }
  }
}
