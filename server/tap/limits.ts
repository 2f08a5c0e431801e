/** Limits of the tap. */

/**
 * Bytes of one run that are recorded, both directions of all connections together. Past it traffic
 * goes on and its lengths are recorded, the bytes are not: a gap. 8 MiB is 10,000 polls with Chromium's heads.
 */
export const RECORDED_BYTES_PER_RUN = 8 * 1024 * 1024;

/**
 * Bytes that may be under way on one direction of the emulated network before the sender is held
 * back; about what a kernel's socket buffer holds, so that back-pressure feels like the real one.
 */
export const IN_FLIGHT_BYTES = 256 * 1024;
