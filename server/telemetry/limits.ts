/** Limits of telemetry. */

/** Events of one lab that are kept for a browser that connects late or again; about 5 s at 2,000 messages/s. */
export const KEPT_EVENTS = 50_000;

/** Bytes of base64 in those events; with `KEPT_EVENTS` this bounds a lab's log. */
export const KEPT_BYTES = 16 * 1024 * 1024;

/** Shortest time between two batches, ms: half a frame, so that a stroke is never a frame late. */
export const BATCH_INTERVAL_MS = 8;

/** Events in one batch: larger ones would hold up the reader's frame. */
export const BATCH_EVENTS = 500;

/** A subscriber that has this much unsent is closed; it reconnects with `after` and loses nothing that is kept. */
export const UNSENT_BYTES = 8 * 1024 * 1024;

/** Silence after which an SSE comment is sent, ms: proxies close idle responses after 30 s or more. */
export const KEEP_ALIVE_MS = 15_000;
