/**
 * Bounds of what one run may hold in the tab. When one is met, the older part of everything is
 * forgotten together, and one gap says so: never silently, never one lane without the other.
 */

/** Messages with their records; about 8 KB each with Chromium's heads, so some 80 MB. */
export const MESSAGES = 10_000;

/** Words in the two lanes, each. A timer of 10 ms makes 6,000 a minute. */
export const LANE_EVENTS = 20_000;

/** Console rows; each holds a frozen tree. */
export const CONSOLE_ROWS = 10_000;

export const DELIVERIES = 20_000;

/** Recorded bytes of all connections. The server records less than this per run. */
export const RECORDED_BYTES = 64 * 1024 * 1024;

/** Of a bound that was met, this share is forgotten at once, so that it is not met again with every event. */
export const FORGET_SHARE = 0.25;

/** Longest text of a word in a lane; the Console has it whole. */
export const LANE_TEXT = 60;

/** A console line this long after a `request` event (ms) is still taken as printed by its handler. */
export const HANDLER_TURN_MS = 20;

/** A call may seem to be this much (ms) later than its bytes, besides the error of the clocks. */
export const CALL_TOLERANCE_MS = 5;

/** Between two snapshots while the tab is hidden and no frames come, ms. */
export const HIDDEN_FLUSH_MS = 250;

/** What was missed is sent at once after a reconnect: when nothing comes for this long, nothing was missed. */
export const NOTHING_MISSED_MS = 500;
