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
