/**
 * A connection whose transport lives in a frame of its own, on an origin of its own: the same interface as in the page
 * itself, with times of this page's clock.
 */
import type { SentView, Technique } from '#protocol/chat';
import { Clock } from '../lab/index.ts';
import type {
  Connection,
  ConnectionEvents,
  ConnectionOptions,
  ConnectionState,
  Refusal,
} from './connection.ts';
import { CHAT_CHANNEL, type FromFrame, type ToFrame } from './frame/protocol.ts';
import { PING_EVERY_MS, PINGS } from './limits.ts';

export interface FrameConnectionOptions extends ConnectionOptions {
  technique: Technique;
  /** Of the page that holds it. */
  pageUrl: string;
  /** Takes the hidden frame. */
  container: Element;
  /** The frame is in the document, its page not yet loaded: for whoever wants to hear its runtime. @returns is called when it goes. */
  onFrame?(frame: HTMLIFrameElement): () => void;
}

export interface FrameConnection extends Connection {
  /** How well the frame's clock is known, ms: `handledAt` may be off by so much. */
  readonly clockErrorMs: number | undefined;
}

type Without<T> = T extends unknown ? Omit<T, 'channel'> : never;

/** Its page may do what a transport does, and cannot navigate the app away. */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms';

export function connectInFrame(
  { technique, pageUrl, container, onFrame, ...options }: FrameConnectionOptions,
  { onState, onEvent }: ConnectionEvents,
): FrameConnection {
  const frame = document.createElement('iframe');
  const { origin } = new URL(pageUrl);
  // Two pages of one browser read one clock, from different origins of time.
  const clock = new Clock(0);
  const pings = new Map<number, number>();
  const answers = new Map<number, (result: SentView | Refusal) => void>();
  /** What was to be sent before the page was there. */
  const early: Without<ToFrame>[] = [];
  let isReady = false;
  let state: ConnectionState = 'connecting';
  let cursor = options.after;
  let unanswered = options.seq ?? 1;
  let count = 0;

  function tell(message: Without<ToFrame>): void {
    if (!isReady) early.push(message);
    else frame.contentWindow?.postMessage({ channel: CHAT_CHANNEL, ...message }, origin);
  }

  function receive({ source, origin: from, data }: MessageEvent<FromFrame | undefined>): void {
    if (source !== frame.contentWindow || from !== origin || data?.channel !== CHAT_CHANNEL) return;
    switch (data.type) {
      case 'ready':
        isReady = true;
        ping();
        for (const message of early.splice(0)) tell(message);
        break;
      case 'state':
        state = data.state;
        onState(data.state, data.refusal);
        break;
      case 'event':
        cursor = data.event.id;
        onEvent(data.event, ours(data.handledAt));
        break;
      case 'answer':
        unanswered++;
        answers.get(data.number)?.(data.result);
        answers.delete(data.number);
        break;
      case 'pong':
        clock.add({ sent: pings.get(data.number) ?? NaN, theirs: data.t, received: performance.now() });
        pings.delete(data.number);
    }
  }

  /** Times of the frame in this page's clock; as they are while it is not known. */
  function ours(t: number): number {
    return t - (clock.estimate(performance.now())?.offset ?? 0);
  }

  function ping(): void {
    if (pings.size >= PINGS || !frame.isConnected) return;
    pings.set(++count, performance.now());
    tell({ type: 'ping', number: count });
    if (count < PINGS) setTimeout(ping, PING_EVERY_MS);
  }

  frame.hidden = true;
  frame.src = pageUrl;
  frame.setAttribute('sandbox', SANDBOX);
  window.addEventListener('message', receive);
  container.append(frame);
  const gone = onFrame?.(frame);
  tell({ type: 'connect', technique, options });

  return {
    get cursor() {
      return cursor;
    },
    get unanswered() {
      return unanswered;
    },
    get clockErrorMs() {
      return clock.estimate(performance.now())?.errorMs;
    },
    send(text, done) {
      if (state === 'closed') return done({ code: 'CLOSED', message: 'The connection was closed.' });
      answers.set(++count, done);
      tell({ type: 'send', number: count, text });
    },
    close() {
      if (state === 'closed' && !frame.isConnected) return;
      state = 'closed';
      window.removeEventListener('message', receive);
      gone?.();
      frame.remove();
      for (const done of answers.values()) done({ code: 'CLOSED', message: 'The connection was closed.' });
      answers.clear();
      onState('closed');
    },
  };
}
