/** Limits of the file of a run. */

/** Text of one packed part: some 20 ms of packing, in a worker. */
export const PART_CHARACTERS = 1024 * 1024;

/** Packed bytes of one recording: a million WebSocket messages take some 60 MB. */
export const RECORDING_BYTES = 160 * 1024 * 1024;

/** Of a file that is opened: work between two looks at the rest of the page, ms. Half a frame. */
export const READ_SLICE_MS = 8;

/** Batches that the dissector may have before it, while a file is opened: more would pile up in memory. */
export const UNANSWERED_BATCHES = 64;

/** Longest line of a file, characters; a batch of telemetry has some 500 events. */
export const LINE_CHARACTERS = 64 * 1024 * 1024;
