/**
 * The log of one lab: numbers its events, keeps the newest, and hands batches to subscribers.
 */
import { monotonicMs } from '../clock.ts';
import { BATCH_EVENTS, BATCH_INTERVAL_MS, KEPT_BYTES, KEPT_EVENTS } from './limits.ts';
import type { GapEvent, TelemetryEvent } from './protocol.ts';

type Unnumbered<E> = E extends TelemetryEvent ? Omit<E, 'seq'> : never;
/** An event before the channel gave it its place. */
export type NewEvent = Unnumbered<TelemetryEvent>;

export type Batch = (events: TelemetryEvent[]) => void;

interface Subscriber {
  /** `seq` of the last event it was handed. */
  at: number;
  batch: Batch;
}

export class Channel {
  #kept: TelemetryEvent[] = [];
  #keptBytes = 0;
  #seq = 0;
  #dropped: { from: number; to: number } | undefined;
  readonly #subscribers = new Set<Subscriber>();
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #lastFlush = 0;

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** Appends one event. */
  emit(event: NewEvent): void {
    const numbered = { ...event, seq: ++this.#seq } as TelemetryEvent;
    this.#kept.push(numbered);
    this.#keptBytes += weight(numbered);
    // Trimmed in large steps: shift() on every event would move the whole array each time.
    if (this.#kept.length > KEPT_EVENTS * 1.25 || this.#keptBytes > KEPT_BYTES * 1.25) this.#trim();
    this.#schedule();
  }

  /**
   * Hands over everything after event `after` (0: all that is kept), then what comes. What was asked for
   * but is not kept any more is replaced by one `gap` event.
   * @returns stops the subscription.
   */
  subscribe(after: number, batch: Batch): () => void {
    const subscriber: Subscriber = { at: Math.min(Math.max(0, after), this.#seq), batch };
    this.#subscribers.add(subscriber);
    this.#schedule();
    return () => this.#subscribers.delete(subscriber);
  }

  close(): void {
    this.#subscribers.clear();
    this.#unschedule();
    this.#kept = [];
  }

  #trim(): void {
    let drop = 0;
    while (this.#kept.length - drop > KEPT_EVENTS || this.#keptBytes > KEPT_BYTES) {
      this.#keptBytes -= weight(this.#kept[drop++]!);
    }
    const gone = this.#kept.splice(0, drop);
    this.#dropped = { from: this.#dropped?.from ?? gone[0]!.t, to: gone[gone.length - 1]!.t };
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#subscribers.size === 0) return;
    const wait = this.#lastFlush + BATCH_INTERVAL_MS - monotonicMs();
    // The first event after a pause leaves at the end of this turn: "drawn as soon as it happened".
    this.#timer = wait <= 0 ? setImmediate(() => this.#flush()) : setTimeout(() => this.#flush(), wait);
  }

  #unschedule(): void {
    clearTimeout(this.#timer as NodeJS.Timeout);
    clearImmediate(this.#timer as NodeJS.Immediate);
    this.#timer = undefined;
  }

  #flush(): void {
    this.#timer = undefined;
    this.#lastFlush = monotonicMs();
    let behind = false;
    for (const subscriber of this.#subscribers) {
      if (subscriber.at === this.#seq) continue;
      const firstKept = this.#seq - this.#kept.length + 1;
      let index = subscriber.at + 1 - firstKept;
      const events: TelemetryEvent[] = [];
      if (index < 0) {
        events.push(this.#gap(firstKept - 1, -index));
        index = 0;
      }
      for (const event of this.#kept.slice(index, index + BATCH_EVENTS)) events.push(event);
      subscriber.at = events[events.length - 1]!.seq;
      if (subscriber.at < this.#seq) behind = true;
      subscriber.batch(events);
    }
    if (behind) this.#schedule();
  }

  #gap(seq: number, events: number): GapEvent {
    return { type: 'gap', seq, t: this.#dropped?.to ?? 0, from: this.#dropped?.from ?? 0, events };
  }
}

function weight(event: TelemetryEvent): number {
  return event.type === 'bytes' ? (event.base64?.length ?? 0) : 0;
}
