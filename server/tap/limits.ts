/** Limits of the tap. */

/**
 * Bytes that may be under way on one direction of the emulated network before the sender is held
 * back; about what a kernel's socket buffer holds, so that back-pressure feels like the real one.
 */
export const IN_FLIGHT_BYTES = 256 * 1024;

/** On a slow line: what a kernel gives a socket at least (Linux, tcp_wmem), and how much may queue, in ms. */
export const LEAST_IN_FLIGHT_BYTES = 16 * 1024;
export const QUEUED_MS = 250;

/**
 * Bytes of one run that are recorded: so many at once, all connections together, and so many more a second.
 * Past it traffic goes on and its lengths are recorded, the bytes are not: a gap. The first figure is 40,000
 * polls with Chromium's heads; the second is 20 times what 2,000 messages a second carry, and bounds what a
 * flood costs the telemetry. How much of it is kept, telemetry's limits say.
 */
export const RECORDED_BURST_BYTES = 32 * 1024 * 1024;
export const RECORDED_BYTES_PER_SECOND = 4 * 1024 * 1024;
