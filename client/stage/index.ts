/**
 * The learner's page on the app's screen.
 *
 * In: the page's address; messages of its runtime (`runtime/`, bundled on its own). Out: `Stage`, and
 * checked page events for `client/lab`.
 * Knows nothing of telemetry, of the wire, or of how a run is drawn.
 */
export { bridge } from './bridge.ts';
export { Stage } from './Stage.tsx';
export { BROWSER_NAMES } from './browsers.ts';
export type { BrowserChoice } from './BrowserSelect.tsx';
