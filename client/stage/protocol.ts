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
  /** A network API was called, or called back. */
  | NetworkEvent;

/**
 * What the page's code did with the network, and what came of it: names as in the standards. One lane
 * word each; `client/capture` joins them with what crossed the wire, and never guesses: counts (`n`, `loaded`)
 * hold also when events between were not told.
 */
export type NetworkEvent =
  | FetchEvent
  | XhrEvent
  | WebSocketEvent
  | EventSourceEvent
  | ScriptEvent
  | FrameEvent
  | ImageEvent
  | BeaconEvent
  | FormEvent;

export type NetworkApi = NetworkEvent['api'];

interface NetworkCall {
  type: 'network';
  t: number;
  /**
   * Numbers, from 1 in each document, what was called: a fetch, the `open` of an XMLHttpRequest, a WebSocket,
   * an EventSource, a script or image element's address, a frame's navigation, a beacon, a form's submission.
   */
  call: number;
  /** `GET` for all that cannot have another. */
  method: string;
  /** Absolute URL; of a WebSocket with its scheme `ws:` or `wss:`. */
  url: string;
  /** For calls: the line that called. For callbacks: the line that reads the answer, or registered for it. */
  at?: SourcePosition;
}

/** Fetch and Streams: `response` when its promise is resolved, `body` when all bytes were handed to code. */
export interface FetchEvent extends NetworkCall {
  api: 'fetch';
  /** `read`: a reader of the body's stream was handed a part of it. */
  name: 'fetch' | 'response' | 'read' | 'body' | 'error';
  status?: number;
  /** `read`: bytes of body handed to code so far, this part included. */
  loaded?: number;
}

export interface XhrEvent extends NetworkCall {
  api: 'XMLHttpRequest' | 'XDomainRequest';
  name: 'send' | 'readystatechange' | 'progress' | 'load' | 'error' | 'abort' | 'timeout';
  readyState?: number;
  status?: number;
  /**
   * `progress`, and `readystatechange` to 3: bytes of body that code can read by now (`ProgressEvent.loaded`, or
   * `responseText` in UTF-8). Absent where that is not known.
   */
  loaded?: number;
}

export interface WebSocketEvent extends NetworkCall {
  api: 'WebSocket';
  /** `WebSocket` is the constructor, `close()` the method, the others but `send` are events. */
  name: 'WebSocket' | 'open' | 'send' | 'message' | 'error' | 'close()' | 'close';
  /** `send`, `message`: its place among those of this socket, from 1. */
  n?: number;
  /** `send`, `message`: bytes of payload, text in UTF-8. */
  size?: number;
  binary?: boolean;
  /** `close`, `close()`: status code and reason. */
  code?: number;
  reason?: string;
  wasClean?: boolean;
}

export interface EventSourceEvent extends NetworkCall {
  api: 'EventSource';
  /** `EventSource` is the constructor, `close()` the method; `message` is any dispatched event, of any type. */
  name: 'EventSource' | 'open' | 'message' | 'error' | 'close()';
  /** `open`: how often it has opened, this time included. `message`: how often it had opened by then. */
  opened?: number;
  /** `message`: `event.type`. */
  event?: string;
  /**
   * `message`: its place among the events of its type since the last `open`, from 1. Null when some may have gone
   * by unheard, because the first listener for the type came late.
   */
  n?: number | null;
  /** `message`: `data.length`, UTF-16 code units; with `lastEventId` it proves the count. */
  length?: number;
  lastEventId?: string;
  /** `error`: 0 when it will connect again, 2 when it will not. */
  readyState?: number;
}

/** A `<script src>` that was put into the document: JSONP. */
export interface ScriptEvent extends NetworkCall {
  api: 'script';
  /** `call`: the script called a function of the page. */
  name: 'script' | 'call' | 'load' | 'error';
  /** `call`: the function's name as far as the page knows it, e.g. `jsonp1` or `app.receive`. */
  callee?: string;
  /** `call`: how often this answer has called it, this time included. */
  n?: number;
}

/** A document in a frame, or in an `htmlfile`, whose scripts call functions of the page: the forever frame. */
export interface FrameEvent extends NetworkCall {
  api: 'iframe' | 'htmlfile';
  /** `iframe`, `htmlfile`: its navigation began. `call`: its document called a function of the page. */
  name: 'iframe' | 'htmlfile' | 'call' | 'load' | 'error';
  callee?: string;
  /** `call`: how often this document has called it, this time included. */
  n?: number;
}

/** An image: a pixel that counts, or a request forged for somebody else's server. */
export interface ImageEvent extends NetworkCall {
  api: 'img';
  name: 'img' | 'load' | 'error';
}

/** Beacon §3.1; nothing comes back. */
export interface BeaconEvent extends NetworkCall {
  api: 'sendBeacon';
  name: 'sendBeacon';
}

/** A form was submitted (HTML §4.10.22); the answer is a document. `at` is the line that called `submit`. */
export interface FormEvent extends NetworkCall {
  api: 'form';
  name: 'submit';
}

/** Page to app. One message carries the events of one task, in order; of a few ms when the page says much. */
export interface PageMessage {
  channel: typeof PAGE_CHANNEL;
  run: number;
  events: PageEvent[];
}

/**
 * A message as it is posted: with its events as JSON, which the app reads in a third of the time that it takes to
 * clone them; as they are when the page has changed what JSON is (`toJSON`, as old libraries do).
 */
export type PostedPageMessage = Omit<PageMessage, 'events'> & { events: PageEvent[] | string };

/** App to page. `origins`: ports that the server code has opened by now, and where they really are. */
export type PageCommand = { channel: typeof PAGE_CHANNEL } & (
  { type: 'ping'; id: number } | { type: 'origins'; origins: Record<number, string> }
);
