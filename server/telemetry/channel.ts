/**
 * The log of one lab: numbers its events, keeps the newest, and hands batches to subscribers.
 */
import { monotonicMs } from '../clock.ts';
import type { ConsoleValue } from '../console/protocol.ts';
import type { KeptBudget } from './kept-budget.ts';
import { BATCH_EVENTS, BATCH_INTERVAL_MS, EVENT_BYTES, KEPT_BYTES, VALUE_BYTES } from './limits.ts';
import type { BytesEvent, GapEvent, TelemetryEvent } from './protocol.ts';

/** As `BytesEvent`, with the bytes themselves: they become base64 when they leave. */
export interface RawBytesEvent extends Omit<BytesEvent, 'base64'> {
  bytes?: Buffer;
}

/** An event as it is kept. */
export type KeptEvent = Exclude<TelemetryEvent, BytesEvent> | RawBytesEvent;

type Unnumbered<E> = E extends KeptEvent ? Omit<E, 'seq'> : never;
/** An event before the channel gave it its place. */
export type NewEvent = Unnumbered<KeptEvent>;

export type Batch = (events: KeptEvent[]) => void;

interface Subscriber {
  /** `seq` of the last event it was handed. */
  at: number;
  batch: Batch;
}

export class Channel {
  readonly #budget: KeptBudget | undefined;
  #kept: KeptEvent[] = [];
  #keptBytes = 0;
  #seq = 0;
  #dropped: { from: number; to: number } | undefined;
  readonly #subscribers = new Set<Subscriber>();
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #lastFlush = 0;
  #closed = false;

  /** @param budget what all logs of the server may keep together; `close` leaves it. */
  constructor(budget?: KeptBudget) {
    this.#budget = budget;
    budget?.join(this);
  }

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** `seq` of the newest event. */
  get newest(): number {
    return this.#seq;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** What is kept weighs so many bytes. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** Appends one event, which is the channel's from here on: it is numbered in place. */
  emit(event: NewEvent): void {
    if (this.#closed) return;
    const numbered = event as KeptEvent;
    numbered.seq = ++this.#seq;
    const bytes = weight(numbered);
    this.#kept.push(numbered);
    this.#keptBytes += bytes;
    this.#budget?.changed(bytes);
    // Trimmed in large steps: shift() on every event would move the whole array each time.
    if (this.#keptBytes > KEPT_BYTES * 1.25) this.trim(KEPT_BYTES);
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

  /** One batch of what came after event `after`, as a subscriber would get it; empty when nothing did. */
  read(after: number): KeptEvent[] {
    if (after >= this.#seq) return [];
    const firstKept = this.#seq - this.#kept.length + 1;
    const index = Math.max(0, after + 1 - firstKept);
    const events = this.#kept.slice(index, index + BATCH_EVENTS);
    if (after + 1 < firstKept) events.unshift(this.#gap(firstKept - 1, firstKept - 1 - after));
    return events;
  }

  /** Forgets the oldest until what is left weighs `bytes` at most. */
  trim(bytes: number): void {
    let drop = 0;
    const before = this.#keptBytes;
    while (this.#keptBytes > bytes && drop < this.#kept.length) {
      this.#keptBytes -= weight(this.#kept[drop++]!);
    }
    const gone = this.#kept.splice(0, drop);
    if (gone.length === 0) return;
    this.#dropped = { from: this.#dropped?.from ?? gone[0]!.t, to: gone[gone.length - 1]!.t };
    this.#budget?.changed(this.#keptBytes - before);
  }

  close(): void {
    this.#closed = true;
    this.trim(0);
    this.#budget?.leave(this);
    // Whoever waits for more learns that there is none.
    for (const { batch } of [...this.#subscribers]) batch([]);
    this.#subscribers.clear();
    this.#unschedule();
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
      const events = this.read(subscriber.at);
      if (events.length === 0) continue;
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

/** About what an event occupies, bytes. */
function weight(event: KeptEvent): number {
  switch (event.type) {
    case 'bytes':
      return EVENT_BYTES + (event.bytes?.length ?? 0);
    case 'console':
      return event.values.reduce((sum, value) => sum + weightOf(value), EVENT_BYTES);
    case 'mark':
      return EVENT_BYTES + event.name.length;
    case 'request':
      return EVENT_BYTES + event.target.length;
    case 'thrown':
      return EVENT_BYTES + event.error.message.length;
    default:
      return EVENT_BYTES;
  }
}

function weightOf(value: ConsoleValue): number {
  const own = VALUE_BYTES + value.text.length;
  if (!('entries' in value)) return own;
  return value.entries.reduce((sum, [key, inner]) => sum + key.length + weightOf(inner), own);
}
