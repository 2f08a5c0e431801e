/** Limits of telemetry. */

/**
 * What one lab keeps for a browser that connects late or again, and for `capture.pcapng`: bytes on the wire
 * and `EVENT_BYTES` for each event. 48 MiB are 20 s at 2,000 messages/s of 100 bytes, or 20,000 polls.
 */
export const KEPT_BYTES = 48 * 1024 * 1024;

/** The same for all labs of the server together; it is reached by six labs that flood, or 500 that keep 500 KiB. */
export const KEPT_BYTES_OF_ALL = 256 * 1024 * 1024;

/** What an event occupies beside its bytes (measured: 150 to 250), and a value printed beside its text. */
export const EVENT_BYTES = 200;
export const VALUE_BYTES = 64;

/** Shortest time between two batches, ms: half a frame, so that a stroke is never a frame late. */
export const BATCH_INTERVAL_MS = 8;

/** Events in one batch: larger ones would hold up the reader's frame. */
export const BATCH_EVENTS = 500;

/** A subscriber that has this much unsent is closed; it reconnects with `after` and loses nothing that is kept. */
export const UNSENT_BYTES = 8 * 1024 * 1024;

/** Silence after which an SSE comment is sent, ms: proxies close idle responses after 30 s or more. */
export const KEEP_ALIVE_MS = 15_000;
