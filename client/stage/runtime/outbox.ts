import { PAGE_CHANNEL, type PageEvent, type PageMessage } from '../protocol.ts';
import type { Tasks } from './tasks.ts';

/** Collects the events of one task and posts them as one message. */
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
}

/** Events of one second; a page that prints in a loop says more than anyone can record. */
const EVENTS_PER_SECOND = 5_000;
/** A message is posted early at this size, so that none gets too large to clone in a frame. */
const EVENTS_PER_MESSAGE = 500;

export function createOutbox({ run, app, tasks, target = framing() }: OutboxOptions): Outbox {
  let events: PageEvent[] = [];
  let second = -Infinity;
  let inSecond = 0;
  let dropped: { from: number; t: number; events: number } | null = null;

  function flush(): void {
    if (dropped) events.push({ type: 'dropped', ...dropped });
    dropped = null;
    if (events.length === 0) return;
    const message: PageMessage = { channel: PAGE_CHANNEL, run, events };
    events = [];
    target?.postMessage(message, app);
  }

  function allowed(event: PageEvent): boolean {
    if (event.type === 'pong' || event.type === 'ready') return true;
    if (event.t - second >= 1_000) {
      second = event.t;
      inSecond = 0;
    }
    return ++inSecond <= EVENTS_PER_SECOND;
  }

  return {
    emit(event) {
      if (!allowed(event)) {
        dropped ??= { from: event.t, t: event.t, events: 0 };
        dropped.t = event.t;
        dropped.events++;
        if (dropped.events === 1) tasks.next(flush);
        return event;
      }
      if (events.push(event) === 1) tasks.next(flush);
      if (events.length >= EVENTS_PER_MESSAGE) flush();
      return event;
    },
    flush,
  };
}

/** The window the page is framed by; null when it was opened on its own (a phone, a new tab). */
function framing(): Window | null {
  return window.parent === window ? null : window.parent;
}
