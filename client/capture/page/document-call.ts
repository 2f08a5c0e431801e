import type { FrameEvent, NetworkEvent, ScriptEvent } from '../../stage/protocol.ts';
import { Subject } from '../subject.ts';
import { BodyCursor } from './body-cursor.ts';
import { momentOf, PageCall, type Moment, type WireAccess } from './page-call.ts';

interface Called {
  callee: string;
  n: number;
  moment: Moment;
  subject: Subject;
}

/**
 * A script (JSONP) or a document in a frame (forever frame, htmlfile) whose code calls functions of the page:
 * the n-th call of a function is the n-th in the answer that names it.
 */
export class DocumentCall extends PageCall {
  readonly #answered = new Subject();
  #latest: Subject = this.called;
  #waiting: Called[] = [];
  #loaded: Moment | null = null;
  #cursor: BodyCursor | null = null;
  /** The next content to be looked at, and how often each function was called so far. */
  #next = 0;
  readonly #places = new Map<string, number[]>();

  get subject(): Subject {
    return this.#latest;
  }

  happened(event: NetworkEvent): void {
    const moment = momentOf(event);
    this.#latest = this.#answered;
    if (event.name === 'load') this.#loaded ??= moment;
    if (event.name === 'load' || event.name === 'error') this.ended ??= event.t;
    if (event.name === 'call') this.#called(event, moment);
  }

  resolve(wire: WireAccess): void {
    this.pointAtRequest(wire);
    const response = this.exchanges[0]?.response;
    if (!response) return;
    const { stream, index, record } = response;
    wire.point(this.#answered, stream, index);
    const behind = wire.endOf(response) ?? Infinity;
    for (; this.#next < stream.contents.length; this.#next++) {
      const content = wire.contentAt(stream, this.#next);
      const start = content?.ranges[0]?.start ?? 0;
      if (content?.kind !== 'script-call' || start < record.start) continue;
      if (start >= behind || !content.complete) break;
      for (const name of namesOf(content.callee)) {
        const places = this.#places.get(name);
        if (places) places.push(this.#next);
        else this.#places.set(name, [this.#next]);
      }
    }
    this.#waiting = this.#waiting.filter(({ callee, n, moment, subject }) => {
      const place = this.#places.get(callee)?.[n - 1];
      const content = place === undefined ? undefined : wire.contentAt(stream, place);
      if (content) wire.hand(stream, content.ranges, moment, subject);
      return !content;
    });
    const end = this.#loaded && (this.#cursor ??= new BodyCursor(response)).end(wire);
    if (this.#loaded && end !== null) {
      wire.hand(stream, [{ start: record.start, end }], this.#loaded, this.#answered);
      this.#loaded = null;
    }
  }

  #called({ callee, n }: ScriptEvent | FrameEvent, moment: Moment): void {
    if (callee === undefined || typeof n !== 'number') return;
    const subject = new Subject();
    this.#latest = subject;
    this.#waiting.push({ callee, n, moment, subject });
  }
}

/** `parent.app.receive` is also called `app.receive` and `receive`: what the page knows it by. */
function namesOf(callee: string): string[] {
  const parts = callee.split('.');
  return parts.map((_, index) => parts.slice(index).join('.'));
}
