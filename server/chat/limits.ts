/** Limits of the room. */

/** Rooms of one server: beside the one of the chat page, each race has its own. */
export const ROOMS = 200;

/** A room without members or readers is forgotten after this much time, ms. */
export const ROOM_IDLE_MS = 10 * 60_000;

export const MEMBERS = 2_000;

/** What a room keeps for those who come back: events and bytes of their JSON; a class talks for an hour in less. */
export const KEPT_EVENTS = 5_000;
export const KEPT_BYTES = 1024 * 1024;

/** Events that one answer or one write carries at most when a reader catches up. */
export const BATCH_EVENTS = 500;

/** A member of whom nothing is heard for this long has left: two lost polls and a reconnection, ms. */
export const PRESENCE_MS = 30_000;

/** A held request is answered, empty, after this long: proxies give up after 30 s or more. */
export const HOLD_S = 25;

/** Held requests that one turn of the event loop answers at most. */
export const ANSWERS_PER_TURN = 250;

/** Silence after which a stream says something without meaning, ms: proxies close idle responses after 30 s or more. */
export const HEARTBEAT_MS = 15_000;

/** A WebSocket that answers no ping within this time is gone, ms. */
export const PONG_MS = 10_000;

/**
 * Unsent bytes of a socket at which its reader has fallen behind: it is written nothing more until they have left, then
 * it catches up from the history. What the history does not have any more is told as a gap.
 */
export const BEHIND_BYTES = 64 * 1024;

/** A reader that takes nothing for this long is cut off, ms. It comes back with its cursor, or is gone. */
export const STUCK_MS = 60_000;

/**
 * An XMLHttpRequest keeps its whole response, a frame all its scripts: such a stream ends in order after so many
 * bytes, and the browser asks for the next (SockJS: 128 KiB).
 */
export const STREAM_BYTES = 256 * 1024;

/** Grain of all times above, ms: one timer for all readers. */
export const PULSE_MS = 1_000;

/** At most so many calls in a window of time from one address; a class of 100 behind one router talks within it. */
export const RATE_WINDOW_MS = 1_000;
export const SENDS_PER_S = 200;
export const JOINS_PER_S = 50;
export const CALLS_PER_S = 2_000;

/** Answers under way have this long when the server stops, ms. */
export const FAREWELL_MS = 1_000;

/** How long a browser waits before it comes back to a server that stopped, ms. */
export const RETRY_MS = 1_000;
