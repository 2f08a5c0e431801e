import type { SourcePosition } from '#protocol/errors';
import type { EventSourceEvent } from '../protocol.ts';
import { watchHandlers } from './handlers.ts';
import type { MessageData } from './message-data.ts';
import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';
import { replaceConstructor, replaceMethod } from './wrap.ts';

interface State {
  call: number;
  url: string;
  /** How often it has opened. */
  opened: number;
  /** Types that are listened to, each with the events since the last `open`: null when some may have gone by unheard. */
  counts: Map<string, number | null>;
  /** Where handlers were registered, by type of event. */
  registered: Map<string, SourcePosition>;
}

type Details = Omit<Partial<EventSourceEvent>, 'api' | 'name'>;

/** Types with an `on…` property; of any other, events are heard once somebody listens. */
const EVENTS = ['open', 'message', 'error'] as const;
const CLOSED = 2;

/** Tells of EventSource: constructor, `close()`, and every event of a type that somebody listens to. */
export function watchEventSource(probe: Probe, page: PageWindow, messageData: MessageData): void {
  const { outbox, sources, tasks, now, nextCall } = probe;
  const states = new WeakMap<object, State>();
  const isKnown = (object: unknown): object is EventSource =>
    typeof object === 'object' && object !== null && states.has(object);
  const listen = page.EventTarget.prototype.addEventListener;
  const { prototype } = page.EventSource;

  function tell(
    state: State,
    name: EventSourceEvent['name'],
    t: number,
    details: Details = {},
  ): EventSourceEvent {
    const { call, url } = state;
    return outbox.emit({
      type: 'network',
      t,
      call,
      api: 'EventSource',
      name,
      method: 'GET',
      url,
      ...details,
    });
  }

  replaceConstructor(page, 'EventSource', (make: (args: unknown[]) => EventSource, args) => {
    const t = now();
    const at = sources.here();
    const source = make(args);
    const state: State = {
      call: nextCall(),
      url: source.url,
      opened: 0,
      counts: new Map(),
      registered: new Map(),
    };
    states.set(source, state);
    tell(state, 'EventSource', t, { at });
    for (const type of EVENTS) hear(source, state, type);
    return source;
  });

  /** Hears events of `type` from now on, before any listener of the learner's. */
  function hear(source: EventSource, state: State, type: string): void {
    state.counts.set(type, state.opened === 0 ? 0 : null);
    Reflect.apply(listen, source, [type, (event: Event) => happened(source, state, event)]);
  }

  function happened(source: EventSource, state: State, event: Event): void {
    if (!event.isTrusted) return;
    const t = now();
    tasks.handed(state.call);
    const at = state.registered.get(event.type);
    // An event of the stream may have any type, `open` and `error` too.
    if ('data' in event) return message(state, event as MessageEvent, t, at);
    if (event.type === 'open') {
      for (const type of state.counts.keys()) state.counts.set(type, 0);
      tell(state, 'open', t, { at, opened: ++state.opened });
    } else if (event.type === 'error') tell(state, 'error', t, { at, readyState: source.readyState });
  }

  function message(state: State, event: MessageEvent, t: number, at: SourcePosition | undefined): void {
    const { type, lastEventId } = event;
    const before = state.counts.get(type) ?? null;
    const n = before === null ? null : before + 1;
    state.counts.set(type, n);
    const { length } = String(messageData.of(event));
    const told = tell(state, 'message', t, { at, opened: state.opened, event: type, n, length, lastEventId });
    messageData.expect(event, told, state);
  }

  replaceMethod(prototype, 'close', (original) => {
    return {
      close(this: EventSource, ...args: unknown[]) {
        const state = states.get(this);
        if (state && this.readyState !== CLOSED) tell(state, 'close()', now(), { at: sources.here() });
        return Reflect.apply(original, this, args);
      },
    }.close;
  });

  watchHandlers([prototype], EVENTS, isKnown, (source, type) => {
    const state = states.get(source)!;
    const at = sources.here();
    if (at) state.registered.set(type, at);
    if (!state.counts.has(type)) hear(source, state, type);
  });
}
