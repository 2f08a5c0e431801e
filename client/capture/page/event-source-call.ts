import type { EventSourceEvent, NetworkEvent } from '../../stage/protocol.ts';
import type { SseEventContent } from '../../dissect/records.ts';
import { headerOf, type HttpMessage } from '../exchanges.ts';
import { WAITING_CALLBACKS } from '../limits.ts';
import { Subject } from '../subject.ts';
import { momentOf, PageCall, type Moment, type WireAccess } from './page-call.ts';

interface Dispatched {
  event: EventSourceEvent;
  moment: Moment;
  subject: Subject;
}

/** The events of one answer, by type: places among the contents of the stream, in order. */
interface Answer {
  response: HttpMessage;
  /** The next content to be looked at. */
  next: number;
  places: Map<string, number[]>;
  /** By type, how many were handed to code, as far as the page has told. */
  handed: Map<string, number>;
}

/**
 * An EventSource of the page. It may connect again and again: the k-th `open` is the k-th answer that is an
 * event stream. The n-th dispatched event of a type is the n-th of this type in that answer, if text and id agree.
 */
export class EventSourceCall extends PageCall {
  #latest: Subject = this.called;
  #opened: { k: number; moment: Moment; subject: Subject }[] = [];
  #waiting: Dispatched[] = [];
  readonly #answers = new Map<number, Answer>();

  /** How often it said that it will connect again. */
  #retries = 0;

  override get waits(): boolean {
    return this.ended === null && this.exchanges.length <= this.#retries;
  }

  get subject(): Subject {
    return this.#latest;
  }

  happened(event: NetworkEvent): void {
    if (event.api !== 'EventSource') return;
    const moment = momentOf(event);
    const subject = new Subject();
    this.#latest = subject;
    if (event.name === 'close()' || (event.name === 'error' && event.readyState === 2))
      this.ended ??= event.t;
    if (event.name === 'error' && event.readyState !== 2) this.#retries++;
    if (event.name === 'open')
      this.#opened.push({ k: event.opened ?? this.#opened.length + 1, moment, subject });
    if (event.name !== 'message') return;
    if (this.#waiting.length >= WAITING_CALLBACKS) this.forgets(this.#waiting.shift()!.moment.t);
    this.#waiting.push({ event, moment, subject });
  }

  resolve(wire: WireAccess): void {
    this.pointAtRequest(wire);
    const answers = this.exchanges.flatMap(({ response }) =>
      response && isStream(response) ? [response] : [],
    );
    this.#opened = this.#opened.filter(({ k, moment, subject }) => {
      const response = answers[k - 1];
      if (!response || response.record.bodyStart === 0) return true;
      const { start, bodyStart } = response.record;
      wire.hand(response.stream, [{ start, end: start + bodyStart }], moment, subject);
      return false;
    });
    this.#waiting = this.#waiting.filter((dispatched) => {
      const k = dispatched.event.opened ?? 1;
      const response = answers[k - 1];
      return !response || !this.#join(this.#answerOf(k, response), dispatched, wire);
    });
  }

  /** Returns false while the event may still be read. */
  #join(answer: Answer, { event, moment, subject }: Dispatched, wire: WireAccess): boolean {
    const { stream } = answer.response;
    this.#read(answer, wire);
    const places = answer.places.get(event.event ?? 'message') ?? [];
    const contentOf = (place: number | undefined): SseEventContent | null => {
      const content = place === undefined ? undefined : wire.contentAt(stream, place);
      return content?.kind === 'sse-event' ? content : null;
    };
    let content: SseEventContent | null;
    if (typeof event.n === 'number') {
      if (event.n > places.length) return false;
      content = contentOf(places[event.n - 1]);
    } else {
      // Not counted: only an id of its own tells which it is.
      const alike = places.map(contentOf).filter((each) => each?.lastEventId === event.lastEventId);
      content = event.lastEventId && alike.length === 1 ? alike[0]! : null;
    }
    if (!content || !agrees(content, event)) return true;
    if (typeof event.n === 'number') passOver(answer, event.event ?? 'message', event.n, wire);
    wire.hand(stream, content.ranges, moment, subject);
    return true;
  }

  #answerOf(k: number, response: HttpMessage): Answer {
    let answer = this.#answers.get(k);
    if (!answer) {
      answer = { response, next: 0, places: new Map(), handed: new Map() };
      this.#answers.set(k, answer);
    }
    return answer;
  }

  /** Takes note of the contents that have become complete. */
  #read(answer: Answer, wire: WireAccess): void {
    const { stream, record } = answer.response;
    const behind = wire.endOf(answer.response) ?? Infinity;
    for (; answer.next < stream.contents.length; answer.next++) {
      const content = wire.contentAt(stream, answer.next);
      const start = content?.ranges[0]?.start ?? 0;
      if (content?.kind !== 'sse-event' || start < record.start) continue;
      if (start >= behind || !content.complete) return;
      if (!content.dispatched) continue;
      const places = answer.places.get(content.event);
      if (places) places.push(answer.next);
      else answer.places.set(content.event, [answer.next]);
    }
  }
}

/** Events of a type that the page has counted up to the n-th, without telling of each. */
function passOver({ response, places, handed }: Answer, type: string, n: number, wire: WireAccess): void {
  for (let k = handed.get(type) ?? 0; k < n - 1; k++) {
    const place = places.get(type)?.[k];
    const content = place === undefined ? undefined : wire.contentAt(response.stream, place);
    if (content) wire.passed(response.stream, content.ranges);
  }
  handed.set(type, n);
}

function isStream({ record }: HttpMessage): boolean {
  const type = headerOf(record, 'content-type') ?? '';
  const status = 'status' in record.startLine ? record.startLine.status : 0;
  return status === 200 && /^text\/event-stream\s*(;|$)/i.test(type);
}

/** Long texts are recorded in part. */
function agrees({ data, lastEventId }: SseEventContent, event: EventSourceEvent): boolean {
  const whole = event.length === undefined || data.length === event.length || data.endsWith('…');
  return whole && (event.lastEventId === undefined || event.lastEventId === lastEventId);
}
