import type { SourcePosition } from '#protocol/errors';
import type { XhrEvent } from '../protocol.ts';
import { absolute } from './fetch.ts';
import type { Probe } from './probe.ts';
import { replaceAccessor, replaceMethod } from './wrap.ts';

interface State extends Pick<XhrEvent, 'call' | 'method' | 'url'> {
  /** Where handlers were registered, by type of event. */
  registered: Map<string, SourcePosition>;
  /** The event whose handlers are running, until somebody reads the answer. */
  unread: XhrEvent | null;
  /** The line that read the whole answer. */
  readAt: SourcePosition | undefined;
}

const EVENTS = ['readystatechange', 'load', 'error', 'abort', 'timeout'] as const;
const NORMALISED = /^(connect|delete|get|head|options|post|put|trace|track)$/i;

/** Tells of XMLHttpRequest: `send`, and every event with the line that reads the answer in it. */
export function watchXhr({ outbox, sources, tasks, now, nextCall }: Probe): void {
  const states = new WeakMap<XMLHttpRequest, State>();
  const listen = EventTarget.prototype.addEventListener;
  const prototype = XMLHttpRequest.prototype;

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
    };
    states.set(xhr, state);
    for (const type of EVENTS) Reflect.apply(listen, xhr, [type, () => happened(xhr, state, type)]);
    return state;
  }

  function happened(xhr: XMLHttpRequest, state: State, name: (typeof EVENTS)[number]): void {
    const { call, method, url, registered } = state;
    const whole = name === 'load' || xhr.readyState === 4;
    if (name === 'load' || xhr.readyState >= 3) tasks.handed(call);
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
      // `load` follows readyState 4: who read the answer there has handled it.
      at: (name === 'load' && state.readAt) || registered.get(name),
    });
  }

  replaceMethod(prototype, 'open', (original) => {
    return {
      open(this: XMLHttpRequest, ...args: unknown[]) {
        const method = String(args[0]);
        Object.assign(stateOf(this), {
          call: nextCall(),
          method: NORMALISED.test(method) ? method.toUpperCase() : method,
          url: absolute(String(args[1])),
          unread: null,
          readAt: undefined,
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
        return Reflect.apply(original, this, args);
      },
    }.send;
  });

  // Own property of the prototype from now on; EventTarget's is left as it is for everything else.
  replaceMethod(prototype, 'addEventListener', (original) => {
    return {
      addEventListener(this: XMLHttpRequest, ...args: unknown[]) {
        register(this, String(args[0]));
        return Reflect.apply(original, this, args);
      },
    }.addEventListener;
  });

  const parent = XMLHttpRequestEventTarget.prototype;
  for (const type of EVENTS) {
    const owner = (type === 'readystatechange' ? prototype : parent) as object as Record<string, unknown>;
    replaceAccessor(owner, `on${type}`, {
      set: (original) =>
        ({
          set(this: unknown, handler: unknown) {
            if (this instanceof XMLHttpRequest) register(this, type);
            return Reflect.apply(original, this, [handler]);
          },
        }).set,
    });
  }

  function register(xhr: XMLHttpRequest, type: string): void {
    const { registered } = stateOf(xhr);
    const at = sources.here();
    if (at) registered.set(type, at);
  }

  for (const name of ['response', 'responseText', 'responseXML'] as const) {
    replaceAccessor(prototype, name, {
      get: (original) =>
        ({
          get(this: XMLHttpRequest) {
            const value: unknown = Reflect.apply(original, this, []);
            const state = states.get(this);
            if (state?.unread) read(this, state, state.unread);
            return value;
          },
        }).get,
    });
  }

  function read(xhr: XMLHttpRequest, state: State, event: XhrEvent): void {
    state.unread = null;
    const at = sources.here();
    if (!at) return;
    // The event is completed before its task ends, and with it the message that tells of it.
    event.at = at;
    if (xhr.readyState === 4) state.readAt = at;
  }
}
