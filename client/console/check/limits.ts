/** A loopback or class-room server answers in ms; a far one within a second. */
export const ANSWER_TIMEOUT_MS = 5_000;

/** From opening a WebSocket to the server's hello. */
export const SOCKET_TIMEOUT_MS = 4_000;

/** The first event is sent with the head: when it takes longer than this, something holds it back. */
export const FIRST_EVENT_TIMEOUT_MS = 2_000;

/** From setting the frame's address to the first word of the runtime in it. */
export const PAGE_TIMEOUT_MS = 5_000;

/** Exchanges of which the fastest one counts. */
export const CLOCK_EXCHANGES = 5;
