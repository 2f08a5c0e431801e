/**
 * What the learner's page tells the app, by `postMessage`: the contract between
 * `client/stage/runtime` (inside the page, on the lab's origin) and `client/stage` (in the app).
 *
 * The page is untrusted: learners' code can forge any of these. The app checks `event.source` and
 * `event.origin`, parses defensively, and uses them for drawing only.
 *
 * Clock: every `t` is the page's `performance.now()` in ms.
 */
import type { ConsoleLevel, ConsoleValue } from '#protocol/console';
import type { SourcePosition } from '#protocol/errors';

/** Marks our messages among those that the learner's own code may post. */
export const PAGE_CHANNEL = 'switching-protocols/page';

export type PageEvent =
  /** The runtime is installed, before any of the learner's scripts ran. */
  | { type: 'ready'; t: number; href: string }
  | { type: 'pong'; t: number; id: number }
  | {
      type: 'console';
      t: number;
      level: ConsoleLevel;
      values: ConsoleValue[];
      at?: SourcePosition;
      call?: number;
    }
  | { type: 'mark'; t: number; name: string; at?: SourcePosition; call?: number }
  | { type: 'error'; t: number; message: string; at?: SourcePosition; rejection: boolean; loop?: true }
  /** So many events between `from` and `t` were not told: the page said more than can be recorded. */
  | { type: 'dropped'; t: number; from: number; events: number }
  /** A network API was called or called back. `call` numbers the fetch or XHR object from 1. */
  | NetworkEvent;

export interface NetworkEvent {
  type: 'network';
  t: number;
  call: number;
  api: 'fetch' | 'XMLHttpRequest';
  /**
   * Names as in the standards: fetch has `fetch`, `response` (promise resolved), `body` (its bytes
   * were handed to code), `error`; XMLHttpRequest has `send`, `readystatechange` with `readyState`,
   * `load`, `error`, `abort`, `timeout`.
   */
  name: 'fetch' | 'response' | 'body' | 'error' | 'send' | 'readystatechange' | 'load' | 'abort' | 'timeout';
  method: string;
  /** Absolute URL. */
  url: string;
  readyState?: number;
  status?: number;
  /** For calls: the line that called. For callbacks: the line that reads the answer, or registered for it. */
  at?: SourcePosition;
}

/** Page to app. One message carries the events of one task, in order. */
export interface PageMessage {
  channel: typeof PAGE_CHANNEL;
  run: number;
  events: PageEvent[];
}

/** App to page. */
export interface PageCommand {
  channel: typeof PAGE_CHANNEL;
  type: 'ping';
  id: number;
}
