/**
 * The app's end of the wire to the learner's page: pings it, relates its clock to the lab's, places
 * its events in lab time, and notices when it falls silent.
 */
import { PAGE_CHANNEL, type PageCommand, type PageEvent, type PageMessage } from '../stage/protocol.ts';
import { Clock, compose, type ClockOffset } from './clock.ts';
import {
  CLOCK_BURST,
  CLOCK_BURST_EVERY_MS,
  CLOCK_SETTLED,
  CLOCK_WAIT_MS,
  PAGE_LOADING_MS,
  PAGE_PING_EVERY_MS,
  PAGE_SILENT_AFTER_MS,
  WAITING_EVENTS,
} from './limits.ts';

export interface PageLinkOptions {
  /** From the app's clock to the lab's; `settled` once it will not improve soon. Null while unknown. */
  labClock(): { estimate: ClockOffset; settled: boolean } | null;
  /** Events with `t` in lab time, in order. */
  onEvents(run: number, events: PageEvent[], page: string | null): void;
  onClockError(errorMs: number): void;
  /** Ms without an answer; null when it answers. */
  onSilent(ms: number | null): void;
}

/** What carries messages to and from the page: `client/stage` has checked where they come from. */
export interface PageAttachment {
  received(message: PageMessage): void;
  /** The page is gone. */
  detach(): void;
}

export interface PageLink {
  /** @param page its name where a lesson has more than one; another page of this name is over. */
  attach(send: (command: PageCommand) => void, page?: string | null): PageAttachment;
  /** Places waiting events: the lab clock became known. */
  settle(): void;
}

export function createPageLink(options: PageLinkOptions): PageLink {
  const current = new Map<string | null, ReturnType<typeof createAttachment>>();
  return {
    attach(send, page = null) {
      current.get(page)?.detach();
      const mine = createAttachment(send, page, options);
      current.set(page, mine);
      return {
        received: mine.received,
        detach() {
          mine.detach();
          if (current.get(page) === mine) current.delete(page);
        },
      };
    },
    settle() {
      for (const attachment of current.values()) attachment.settle();
    },
  };
}

function createAttachment(
  send: (command: PageCommand) => void,
  page: string | null,
  options: PageLinkOptions,
) {
  const clock = new Clock(0);
  const unanswered = new Map<number, number>();
  const attached = performance.now();
  let waiting: { run: number; events: PageEvent[] }[] = [];
  let waitingEvents = 0;
  let waitingSince = 0;
  let lastId = 0;
  let burst = 0;
  let ready = false;
  let silent = false;
  let timer = setTimeout(tick, PAGE_PING_EVERY_MS);

  function tick(): void {
    if (ready) {
      const id = ++lastId;
      unanswered.set(id, performance.now());
      send({ channel: PAGE_CHANNEL, type: 'ping', id });
    }
    listen();
    place();
    timer = setTimeout(tick, burst-- > 0 ? CLOCK_BURST_EVERY_MS : PAGE_PING_EVERY_MS);
  }

  /** Reports how long the oldest ping has gone unanswered; a suspended tab sends none, so none is late. */
  function listen(): void {
    const now = performance.now();
    const [oldest] = unanswered.values();
    const ms = ready ? now - (oldest ?? now) : now - attached;
    const isSilent = ms > (ready ? PAGE_SILENT_AFTER_MS : PAGE_LOADING_MS);
    if (isSilent || silent) options.onSilent(isSilent ? ms : null);
    silent = isSilent;
  }

  function received({ run, events }: PageMessage): void {
    const rest: PageEvent[] = [];
    for (const event of events) {
      if (event.type === 'pong') answered(event);
      else if (event.type === 'ready') {
        begin();
        rest.push(event);
      } else rest.push(event);
    }
    if (rest.length > 0) hold(run, rest);
    place();
  }

  function answered({ id, t }: { id: number; t: number }): void {
    const sent = unanswered.get(id);
    if (sent === undefined) return;
    for (const older of unanswered.keys()) if (older <= id) unanswered.delete(older);
    clock.add({ sent, theirs: t, received: performance.now() });
    listen();
  }

  /** A document began: its clock starts anew, and calibrating it is urgent. */
  function begin(): void {
    place(true);
    waiting = [];
    waitingEvents = 0;
    clock.reset();
    unanswered.clear();
    ready = true;
    burst = CLOCK_BURST;
    clearTimeout(timer);
    tick();
  }

  function hold(run: number, events: PageEvent[]): void {
    if (waiting.length === 0) waitingSince = performance.now();
    const room = WAITING_EVENTS - waitingEvents;
    let held = events;
    if (events.length > room) {
      held = events.slice(0, Math.max(0, room));
      const lost = events.length - held.length;
      const first = events[held.length]!;
      held.push({ type: 'dropped', t: events.at(-1)!.t, from: first.t, events: lost });
    }
    waitingEvents += held.length;
    waiting.push({ run, events: held });
  }

  function place(now = false): void {
    if (waiting.length === 0) return;
    const lab = options.labClock();
    const own = clock.estimate(performance.now());
    if (!lab || !own) return;
    const settled = lab.settled && clock.samples >= CLOCK_SETTLED;
    if (!settled && !now && performance.now() - waitingSince < CLOCK_WAIT_MS) return;
    const { offset, errorMs } = compose(own, lab.estimate);
    options.onClockError(errorMs);
    const batches = waiting;
    waiting = [];
    waitingEvents = 0;
    for (const { run, events } of batches) {
      options.onEvents(
        run,
        events.map((event) =>
          event.type === 'dropped'
            ? { ...event, t: event.t + offset, from: event.from + offset }
            : { ...event, t: event.t + offset },
        ),
        page,
      );
    }
  }

  return {
    received,
    settle: () => place(),
    detach() {
      clearTimeout(timer);
      place(true);
      if (silent) options.onSilent(null);
    },
  };
}
