/**
 * What the room says when there is nothing to say (`server/chat/limits.ts`; a test compares): how long it holds a
 * request, how often a stream gives a sign of life, and what that costs on the wire.
 */
import type { Technique } from '#protocol/chat';

export const HOLD_MS = 25_000;
export const HEARTBEAT_MS = 15_000;
/** Between a cut and the next attempt: ours, and that of an EventSource, which the room told so by `retry`. */
export const RECONNECT_MS = { code: 100, browser: 1_000 } as const;

/** Bytes of one sign of life, its chunk (RFC 9112 §7.1) or frames (RFC 6455 §5.2, the pong included) counted. */
export const HEARTBEAT_BYTES: Partial<Record<Technique, number>> = {
  // LF in a chunk.
  'xhr-streaming': 6,
  xdomainrequest: 6,
  // An event without data.
  sse: 30,
  // A script that calls `chat1` with nothing.
  'forever-iframe': 38,
  htmlfile: 38,
  // Ping, message, and the masked pong.
  websocket: 30,
};
