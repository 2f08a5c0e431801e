import type { SourcePosition } from '#protocol/errors';
import type { XhrEvent } from '../protocol.ts';
import { absolute, normalised } from './address.ts';
import { watchHandlers } from './handlers.ts';
import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';
import { utf8Length } from './utf8.ts';
import { replaceAccessor, replaceMethod } from './wrap.ts';

interface State extends Pick<XhrEvent, 'call' | 'method' | 'url'> {
  /** Where handlers were registered, by type of event. */
  registered: Map<string, SourcePosition>;
  /** The event whose handlers are running, until somebody reads the answer. */
  unread: XhrEvent | null;
  /** The line that read the whole answer. */
  readAt: SourcePosition | undefined;
  /** So many code units of `responseText` are so many bytes. */
  counted: { length: number; bytes: number };
}

const EVENTS = ['readystatechange', 'progress', 'load', 'error', 'abort', 'timeout'] as const;
const LOADING = 3;

/** Tells of XMLHttpRequest: `send`, and every event with the line that reads the answer in it. */
export function watchXhr({ outbox, sources, tasks, now, gates, nextCall }: Probe, page: PageWindow): void {
  const states = new WeakMap<XMLHttpRequest, State>();
  const listen = page.EventTarget.prototype.addEventListener;
  // Held here: an emulated browser may not have it, and still be built on it.
  const { XMLHttpRequest } = page;
  const { prototype } = XMLHttpRequest;
  const isXhr = (object: unknown): object is XMLHttpRequest => object instanceof XMLHttpRequest;

  /** Made at the first touch of an object, so that our listeners come before the learner's. */
  function stateOf(xhr: XMLHttpRequest): State {
    const known = states.get(xhr);
    if (known) return known;
    const state: State = {
      call: 0,
      method: '',
      url: '',
      registered: new Map(),
      unread: null,
      readAt: undefined,
      counted: { length: 0, bytes: 0 },
    };
    states.set(xhr, state);
    for (const type of EVENTS) {
      Reflect.apply(listen, xhr, [type, (event: Event) => happened(xhr, state, type, event)]);
    }
    return state;
  }

  function happened(xhr: XMLHttpRequest, state: State, name: (typeof EVENTS)[number], event: Event): void {
    if (!event.isTrusted) return;
    const { call, method, url, registered } = state;
    if (name === 'progress' && !registered.has(name)) return; // It would be nobody's callback.
    const whole = name === 'load' || xhr.readyState === 4;
    if (name === 'load' || xhr.readyState >= LOADING) tasks.handed(call);
    state.unread = outbox.emit({
      type: 'network',
      t: now(),
      call,
      api: 'XMLHttpRequest',
      name,
      method,
      url,
      readyState: name === 'readystatechange' ? xhr.readyState : undefined,
      status: whole ? xhr.status : undefined,
      loaded: name === 'progress' ? (event as ProgressEvent).loaded : undefined,
      // `load` follows readyState 4: who read the answer there has handled it.
      at: (name === 'load' && state.readAt) || registered.get(name),
    });
  }

  replaceMethod(prototype, 'open', (original) => {
    return {
      open(this: XMLHttpRequest, ...args: unknown[]) {
        Object.assign(stateOf(this), {
          call: nextCall(),
          method: normalised(String(args[0])),
          url: absolute(String(args[1]), page.document.baseURI),
          unread: null,
          readAt: undefined,
          counted: { length: 0, bytes: 0 },
        });
        return Reflect.apply(original, this, args);
      },
    }.open;
  });

  replaceMethod(prototype, 'send', (original) => {
    return {
      send(this: XMLHttpRequest, ...args: unknown[]) {
        const { call, method, url } = stateOf(this);
        const at = sources.here();
        outbox.emit({
          type: 'network',
          t: now(),
          call,
          api: 'XMLHttpRequest',
          name: 'send',
          method,
          url,
          at,
        });
        const start = (): unknown => Reflect.apply(original, this, args);
        const gate = gates.get(this);
        return gate ? gate(start) : start();
      },
    }.send;
  });

  const parent = page.XMLHttpRequestEventTarget.prototype;
  watchHandlers([prototype, parent], EVENTS, isXhr, (xhr, type) => {
    const { registered } = stateOf(xhr);
    const at = sources.here();
    if (at) registered.set(type, at);
  });

  for (const name of ['response', 'responseText', 'responseXML'] as const) {
    replaceAccessor(prototype, name, {
      get: (original) =>
        ({
          get(this: XMLHttpRequest) {
            const value: unknown = Reflect.apply(original, this, []);
            const state = states.get(this);
            if (state?.unread) read(this, state, state.unread, value);
            return value;
          },
        }).get,
    });
  }

  function read(xhr: XMLHttpRequest, state: State, event: XhrEvent, value: unknown): void {
    state.unread = null;
    // The event is completed before its task ends, and with it the message that tells of it.
    if (event.readyState === LOADING && typeof value === 'string') event.loaded = loadedOf(xhr, state, value);
    const at = sources.here(state.registered);
    if (!at) return;
    event.at = at;
    if (xhr.readyState === 4) state.readAt = at;
  }
}

/** Bytes that `text`, which only grows, was decoded from; undefined when it was not from UTF-8. */
function loadedOf(xhr: XMLHttpRequest, { counted }: State, text: string): number | undefined {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(xhr.getResponseHeader('content-type') ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) return undefined;
  if (text.length > counted.length) {
    counted.bytes += utf8Length(text, counted.length);
    counted.length = text.length;
  }
  return counted.bytes;
}
