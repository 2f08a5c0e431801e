/**
 * The wire: a run as a picture, a table, and figures.
 *
 * In: the run, the selection and the clock of `client/lab`. Out: `Wire` and the parts of the screen that
 * belong to it; what was selected goes to `useLab`, everything else to the callbacks.
 * Knows nothing of telemetry, of how bytes are dissected, or of the page around it.
 */
export { BandEnds } from './BandEnds.tsx';
export { BoundarySelect } from './BoundarySelect.tsx';
export { handleTimelineKey } from './keys.ts';
export { Metrics } from './Metrics.tsx';
export { MiniWire } from './MiniWire.tsx';
export { useWireGeometry } from './use-rails.ts';
export { ViewControls } from './ViewControls.tsx';
export { Wire } from './Wire.tsx';
