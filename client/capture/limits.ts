/**
 * Bounds of what one run may hold in the tab. When one is met, the older part of everything is
 * forgotten together, and one gap says so: never silently, never one lane without the other. Only the
 * Console and deliveries, which cost most each, have bounds that leave the rest alone.
 */

export interface RunLimits {
  /** Messages. Frames and chunks lie in columns, some 300 bytes each with everything about them (measured, bench): 360 MB. */
  messages: number;
  /** Messages that are kept whole: heads, and what breaks the grammar; about 700 bytes each. */
  wholeMessages: number;
  /** Words in the two lanes, each, at some 40 bytes. A message makes one in either lane, mostly. */
  laneEvents: number;
  /** Console rows; each holds a frozen tree. */
  consoleRows: number;
  /** More deliveries than anybody follows by their names. */
  deliveries: number;
  /** Bytes of everything about the wire: a tab has 4 GB at most, and less on a phone. */
  wireBytes: number;
}

export const RUN_LIMITS: RunLimits = {
  messages: 1_200_000,
  wholeMessages: 150_000,
  laneEvents: 2_400_000,
  consoleRows: 10_000,
  deliveries: 20_000,
  wireBytes: 768 * 1024 * 1024,
};

/** Of a bound that was met, this share is forgotten at once, so that it is not met again with every event. */
export const FORGET_SHARE = 0.25;

/** Messages that are kept as objects for who asks again: four windows full of strokes. */
export const MESSAGES_MADE = 8_192;

/** Callbacks of one socket or stream that wait for their bytes, when a page is ahead of the telemetry. */
export const WAITING_CALLBACKS = 20_000;

/** Requests of one target that wait for the page to say that it made them; the oldest made by nobody it knows. */
export const WAITING_REQUESTS = 4_096;

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
