/**
 * What the app and the page that holds a transport tell each other, by `postMessage`. The page lives on an origin of a
 * lab whose server is the room.
 *
 * In: `ToFrame`. Out: `FromFrame`. Clock: times are the page's `performance.now()`, ms.
 */
import type { RoomEvent, SentView, Technique } from '#protocol/chat';
import type { ConnectionOptions, ConnectionState, Refusal } from '../connection.ts';

/** Marks our messages among others. */
export const CHAT_CHANNEL = 'switching-protocols/chat';

export type ToFrame = { channel: typeof CHAT_CHANNEL } & (
  | { type: 'connect'; technique: Technique; options: ConnectionOptions }
  | { type: 'send'; number: number; text: string }
  | { type: 'ping'; number: number }
);

export type FromFrame = { channel: typeof CHAT_CHANNEL } &
  /** Its script runs. */
  (
    | { type: 'ready' }
    | { type: 'state'; state: ConnectionState; refusal?: Refusal }
    | { type: 'event'; event: RoomEvent; handledAt: number }
    | { type: 'answer'; number: number; result: SentView | Refusal }
    | { type: 'pong'; number: number; t: number }
  );
