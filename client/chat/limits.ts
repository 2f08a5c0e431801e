/** Times of the room's transports, ms. */

/** Between two polls, unless the page wants another. */
export const POLL_INTERVAL_MS = 1_000;

/** Waiting time before the second, third… attempt to come back; the last one holds from then on. */
export const RECONNECT_MS = [100, 250, 500, 1_000, 2_000, 5_000] as const;

/** A connection on which nothing came for this long is dead: the server says something every 15 s, and answers a held request after 25 s. */
export const DEAD_AFTER_MS = 35_000;

/** A request that says something and has no answer by then is sent again. */
export const SEND_TIMEOUT_MS = 10_000;

/** What a page has said and no answer came to yet; more is refused. */
export const UNSENT_MESSAGES = 1_000;

/** Exchanges by which a frame's clock is related to the page's, and the time between them. */
export const PINGS = 20;
export const PING_EVERY_MS = 25;
