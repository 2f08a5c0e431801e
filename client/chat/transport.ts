/**
 * The one interface of every technique, and what each declares of itself.
 *
 * In: where the room is and where to go on. Out: the room's events, in order, each once.
 * Knows nothing of React, of frames, or of who shows what was said. Written with callbacks and without what Internet
 * Explorer 8 lacks, because two of the techniques run in its likeness.
 */
import type { RoomEvent, SendBody, SentView, Technique } from '#protocol/chat';
import type { Profile } from '#protocol/labs';

export interface Capabilities {
  /** `both`: one connection carries both directions; `down`: what is said takes a request of its own. */
  direction: 'both' | 'down';
  /** `poll`: asked again and again; `held`: a request waits for one answer; `stream`: one connection, many events. */
  delivery: 'poll' | 'held' | 'stream';
  /** It is there to reach a room of another origin; the others need the room's own. */
  crossOrigin: boolean;
  /** It could carry bytes that are no text. */
  binary: boolean;
  /** Who remembers what was received last, so that nothing is lost over a cut: the browser itself, or our code. */
  resumes: 'browser' | 'code';
  /** The old browser whose objects it needs; today's has them not. */
  emulates: Profile | null;
}

/** Where a transport connects. */
export interface Target {
  /** Address of `path` of the room, with the query; what is undefined is left out. */
  url(path: string, query?: Record<string, string | number | undefined>): string;
  /** Cursor of the last event that was received. */
  after: string | undefined;
  key: string | undefined;
}

/** Why a connection is no more. */
export type Ending =
  /** In order: its answer is complete. The next one may begin. */
  | { reason: 'over' }
  /** It broke, or nothing came. */
  | { reason: 'lost' }
  /** The server said no, and would again. */
  | { reason: 'refused'; code: string; message: string };

/** What a connection tells. */
export interface Told {
  /** It is established. Several times when the browser itself reconnects. */
  open(): void;
  event(event: RoomEvent): void;
  /** Something came that is no event: it is alive. */
  alive(): void;
  /** It broke, and the browser itself is at it. */
  waiting(): void;
  /** The last call. */
  end(ending: Ending): void;
}

export type SendEnding = { reason: 'sent'; sent: SentView } | Exclude<Ending, { reason: 'over' }>;

/** One request or connection. */
export interface Carrier {
  close(): void;
  /** Where one connection carries both directions. */
  send?(body: SendBody, done: (ending: SendEnding) => void): void;
}

/** One technique. */
export interface Transport {
  technique: Technique;
  capabilities: Capabilities;
  /** Begins one request or connection. `told` is called later, never within. */
  receive(target: Target, told: Told): Carrier;
  /** Says something by a request of its own; absent where the connection itself does. */
  send?(target: Target, body: SendBody, done: (ending: SendEnding) => void): void;
}
