/**
 * Labs: learners' runs, and the API that makes them.
 *
 * In: files. Out: a running sandbox on real ports, its page, its telemetry.
 * Knows nothing of lessons, or of how a run is drawn.
 */
export { Labs } from './labs.ts';
export { createPlatform } from './page.ts';
export { labsPlugin } from './plugin.ts';
