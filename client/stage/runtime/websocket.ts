import type { SourcePosition } from '#protocol/errors';
import type { WebSocketEvent } from '../protocol.ts';
import { watchHandlers } from './handlers.ts';
import type { MessageData } from './message-data.ts';
import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';
import { utf8Length } from './utf8.ts';
import { replaceConstructor, replaceMethod } from './wrap.ts';

interface State {
  call: number;
  url: string;
  sent: number;
  received: number;
  /** Where handlers were registered, by type of event. */
  registered: Map<string, SourcePosition>;
  /** Where messages are read, and where they are sent from. */
  reading: object;
  sending: object;
}

type Details = Omit<Partial<WebSocketEvent>, 'api' | 'name'>;

const EVENTS = ['open', 'message', 'error', 'close'] as const;
const CLOSING = 2;

/** Tells of WebSocket: constructor, `send`, `close` and events, each message with its place and its size. */
export function watchWebSocket(probe: Probe, page: PageWindow, messageData: MessageData): void {
  const { outbox, sources, tasks, now, nextCall } = probe;
  const states = new WeakMap<object, State>();
  const isKnown = (object: unknown): object is WebSocket =>
    typeof object === 'object' && object !== null && states.has(object);
  const listen = page.EventTarget.prototype.addEventListener;
  const { prototype } = page.WebSocket;

  function tell(
    state: State,
    name: WebSocketEvent['name'],
    t: number,
    details: Details = {},
  ): WebSocketEvent {
    const { call, url } = state;
    return outbox.emit({ type: 'network', t, call, api: 'WebSocket', name, method: 'GET', url, ...details });
  }

  replaceConstructor(page, 'WebSocket', (make: (args: unknown[]) => WebSocket, args) => {
    const t = now();
    const at = sources.here();
    const socket = make(args);
    const state: State = {
      call: nextCall(),
      url: socket.url,
      sent: 0,
      received: 0,
      registered: new Map(),
      reading: {},
      sending: {},
    };
    states.set(socket, state);
    tell(state, 'WebSocket', t, { at });
    for (const type of EVENTS) {
      Reflect.apply(listen, socket, [type, (event: Event) => happened(state, type, event)]);
    }
    return socket;
  });

  function happened(state: State, name: (typeof EVENTS)[number], event: Event): void {
    // Code can dispatch events of its own: nothing came over the wire then.
    if (!event.isTrusted) return;
    const t = now();
    tasks.handed(state.call);
    const at = state.registered.get(name);
    if (name === 'message') {
      const data = messageData.of(event as MessageEvent);
      const told = tell(state, name, t, { at, n: ++state.received, ...measured(data) });
      messageData.expect(event as MessageEvent, told, state.reading);
    } else if (name === 'close') {
      const { code, reason, wasClean } = event as CloseEvent;
      tell(state, name, t, { at, code, reason, wasClean });
    } else tell(state, name, t, { at });
  }

  replaceMethod(prototype, 'send', (original) => {
    return {
      send(this: WebSocket, ...args: unknown[]) {
        const state = states.get(this);
        const t = now();
        // What is sent after the closing has begun is thrown away without an error.
        const isOpen = state !== undefined && this.readyState < CLOSING;
        const result = Reflect.apply(original, this, args);
        if (isOpen) {
          tell(state, 'send', t, { at: sources.here(state.sending), n: ++state.sent, ...measured(args[0]) });
        }
        return result;
      },
    }.send;
  });

  replaceMethod(prototype, 'close', (original) => {
    return {
      close(this: WebSocket, ...args: unknown[]) {
        const state = states.get(this);
        const t = now();
        const isOpen = state !== undefined && this.readyState < CLOSING;
        const result = Reflect.apply(original, this, args);
        if (isOpen) {
          const [code, reason] = args;
          tell(state, 'close()', t, {
            at: sources.here(),
            code: code === undefined ? undefined : Number(code),
            reason: reason === undefined ? undefined : String(reason),
          });
        }
        return result;
      },
    }.close;
  });

  watchHandlers([prototype], EVENTS, isKnown, (socket, type) => {
    const at = sources.here();
    if (at) states.get(socket)!.registered.set(type, at);
  });
}

function measured(data: unknown): { size: number; binary: boolean } {
  if (ArrayBuffer.isView(data)) return { size: data.byteLength, binary: true };
  if (typeof data === 'object' && data !== null) {
    // Of any realm: `instanceof` would not know those of a frame.
    const { byteLength, size } = data as { byteLength?: unknown; size?: unknown };
    if (typeof byteLength === 'number') return { size: byteLength, binary: true };
    if (typeof size === 'number') return { size, binary: true };
  }
  return { size: utf8Length(String(data)), binary: false };
}
