import { PAGE_CHANNEL, type PageEvent, type PostedPageMessage } from '../protocol.ts';
import type { Tasks } from './tasks.ts';

/** Collects the events of one task, or of a few ms when there are many, and posts them as one message. */
export interface Outbox {
  /** Until it is posted, the event may still be completed. */
  emit<Event extends PageEvent>(event: Event): Event;
  flush(): void;
}

export interface OutboxOptions {
  run: number;
  /** Origin of the app, the only window that is told. */
  app: string;
  tasks: Tasks;
  target?: Pick<Window, 'postMessage'> | null;
  /** Calls `work` after so many ms. */
  later?(work: () => void, ms: number): void;
}

/**
 * Events of a second, in the long run; a page that prints in a loop says more than anyone can record. What a
 * server held up for seconds sends all at once is no loop: so many may come at a time.
 */
const EVENTS_PER_SECOND = 5_000;
const EVENTS_AT_ONCE = 20_000;
/** Messages of one second that are posted as soon as their task has ended; each costs the page some 20 µs, and the app 100. */
const PROMPT_PER_SECOND = 60;
/** Beyond that, the events of this long (ms) are posted together: the app draws no faster. */
const GATHER_MS = 16;
/** Events are posted early when there are so many, so that the app never gets more at once than it can read in a frame. */
const EVENTS_PER_MESSAGE = 500;
/**
 * Of two bytes each, in the worst case. What has more than 16 KiB crosses to another process in Chromium by a way of its
 * own: it costs the app's main thread 4 ms of work and 20 ms of waiting, instead of 0.1 (measured).
 */
const CHARACTERS_PER_MESSAGE = 7_500;

export function createOutbox(options: OutboxOptions): Outbox {
  const { run, app, tasks, target = framing(), later = setTimeout.bind(window) } = options;
  // The page's code may put another JSON in its place, and an emulated browser may have none.
  const { stringify } = JSON;
  let events: PageEvent[] = [];
  let room = EVENTS_AT_ONCE;
  let roomAt = 0;
  let promptSecond = -Infinity;
  let prompt = 0;
  let dropped: { from: number; t: number; events: number } | null = null;

  function flush(): void {
    if (dropped) events.push({ type: 'dropped', ...dropped });
    dropped = null;
    if (events.length === 0) return;
    const told = events;
    events = [];
    if (!isJsonItself()) return post(told);
    for (const texts of parted(told.map((event) => stringify(event)))) post(`[${texts.join(',')}]`);
  }

  function post(posted: PostedPageMessage['events']): void {
    const message: PostedPageMessage = { channel: PAGE_CHANNEL, run, events: posted };
    target?.postMessage(message, app);
  }

  /** Sees to it that what was told at `t` is posted. */
  function plan(t: number): void {
    if (t - promptSecond >= 1_000) {
      promptSecond = t;
      prompt = 0;
    }
    if (++prompt <= PROMPT_PER_SECOND) tasks.next(flush);
    else later(flush, GATHER_MS);
  }

  function allowed(event: PageEvent): boolean {
    if (event.type === 'pong' || event.type === 'ready') return true;
    room = Math.min(EVENTS_AT_ONCE, room + ((event.t - roomAt) * EVENTS_PER_SECOND) / 1_000);
    roomAt = event.t;
    if (room < 1) return false;
    room--;
    return true;
  }

  return {
    emit(event) {
      if (!allowed(event)) {
        dropped ??= { from: event.t, t: event.t, events: 0 };
        dropped.t = event.t;
        dropped.events++;
        if (dropped.events === 1) plan(event.t);
        return event;
      }
      if (events.push(event) === 1) plan(event.t);
      if (events.length >= EVENTS_PER_MESSAGE) flush();
      return event;
    },
    flush,
  };
}

/** In messages that are no longer than is good for the app, but for an event that is that long by itself. */
function parted(texts: string[]): string[][] {
  const parts: string[][] = [];
  let left = 0;
  for (const text of texts) {
    left -= text.length + 1;
    if (left >= 0) parts.at(-1)!.push(text);
    else {
      parts.push([text]);
      left = CHARACTERS_PER_MESSAGE - text.length - 1;
    }
  }
  return parts;
}

/** Whether values become JSON as they should: Prototype 1.6 gave all arrays a `toJSON` of its own. */
function isJsonItself(): boolean {
  const prototypes: object[] = [Array.prototype, String.prototype, Number.prototype, Boolean.prototype];
  return !prototypes.some((prototype) => 'toJSON' in prototype);
}

/** The window the page is framed by; null when it was opened on its own (a phone, a new tab). */
function framing(): Window | null {
  return window.parent === window ? null : window.parent;
}
