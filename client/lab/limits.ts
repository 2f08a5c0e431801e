/** Times of the lab's links, ms. */

/** A WebSocket that has not said `hello` by then is taken as blocked, and the event stream is tried. */
export const HELLO_TIMEOUT_MS = 3_000;

/** Waiting time before the second, third… attempt to reconnect; the last one holds from then on. */
export const RECONNECT_MS = [0, 250, 500, 1_000, 2_000, 5_000] as const;

/** A link that was silent for this long, though pinged, is taken as dead (a sleeping laptop, a pulled cable). */
export const DEAD_AFTER_MS = 8_000;

/** Exchanges at the start of a clock, close together: pages are busy then, and one of many gets through. */
export const CLOCK_BURST = 20;
/** After so many of them page events are placed: for good, so it pays to wait for a quiet moment. */
export const CLOCK_SETTLED = 12;
export const CLOCK_BURST_EVERY_MS = 25;
export const SERVER_PING_EVERY_MS = 2_000;

/** An API call without an answer for this long counts as "the server does not answer"; a first turn may take seconds. */
export const CALL_TIMEOUT_MS = 30_000;

export const PAGE_PING_EVERY_MS = 500;
/** From then on a silent page is reported. */
export const PAGE_SILENT_AFTER_MS = 2_000;
/** The same before its first word, when it may still be loading. */
export const PAGE_LOADING_MS = 5_000;

/** Page events wait for the clocks at most this long; then they are placed with what is known. */
export const CLOCK_WAIT_MS = 1_000;
/** Page events that wait for the clocks; more are dropped and counted. */
export const WAITING_EVENTS = 5_000;

/** Between two pictures of a run that is being read from a file. */
export const OPENING_SHOWN_EVERY_MS = 250;
