/** Limits of labs. */

/** Labs of one server: at 1.7 MB each (measured, bench) they fit beside everything else in 2 GiB, also when some hold more. */
export const LABS = 500;

/** Bytes (UTF-8) of all files of a lab together. A lesson has 3 KiB. */
export const FILES_BYTES = 1024 * 1024;

/** Files of a lab. */
export const FILES = 50;

/** Ports that one lab may have open. Lessons use one or two. */
export const PORTS = 8;

/** TCP connections of one lab at a time: a browser opens six per origin, 255 WebSockets at most. */
export const CONNECTIONS = 256;

/** A lab nobody watches, calls or connects to is ended and forgotten after this many ms; its files are the browser's. */
export const IDLE_MS = 5 * 60_000;

/** How long a program that has begun again within a run has, after its first turn, for opening its ports anew. */
export const KEEP_PORTS_MS = 5_000;

/** Bytes of an answer that the workbench hands on; a refusal has some hundred. */
export const ANSWER_BYTES = 64 * 1024;

/** Exchanges of one lab: within a second, and under way at once. A learner presses Send; nobody needs more. */
export const EXCHANGES_PER_S = 5;
export const EXCHANGES_AT_ONCE = 4;

/** How long the workbench waits for an answer, besides the emulated way there and back, ms. */
export const PATIENCE_MS = 4_000;
/** And with it: an API call without an answer counts as "the server does not answer" after 30 s. */
export const LONGEST_PATIENCE_MS = 25_000;

/** When an answer's head is there, nothing for so long means that nothing follows, ms. */
export const SETTLED_MS = 250;

/** After that it hangs up, and drops the connection when the other side has not ended it in this time, ms. */
export const HANG_UP_MS = 1_000;
