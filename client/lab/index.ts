/**
 * The lab as the screens use it.
 *
 * In: files and button presses; telemetry of the server; what the learner's page tells.
 * Out: `useLab`: the run being recorded, its state, and what is followed; `attachPage` for the page.
 * Knows nothing of React components, of how a run is drawn, or of where edits are kept.
 */
import { createRecorder } from '../capture/index.ts';
import { createDissectorWorker } from '../dissect/client.ts';
import { createLabApi } from './api.ts';
import { connect } from './session.ts';
import { createLab } from './store.ts';

export { createLabApi, RefusedError, UnreachableError } from './api.ts';
export { Clock, DRIFT_PER_MS, type ClockOffset } from './clock.ts';
export { connect as connectLab } from './session.ts';
export type { LabSnapshot } from './contract.ts';
export type { PageAttachment } from './page-link.ts';
export { until } from './until.ts';

/** The one lab of this tab. */
export const { useLab, attachPage } = createLab({
  api: createLabApi(),
  createDissector: (onRecords) => createDissectorWorker(onRecords),
  connect,
  createRecorder,
});

// A tab that goes gives its port back: the next run in another tab can have the one its code names.
globalThis.addEventListener?.('pagehide', ({ persisted }) => {
  if (!persisted) useLab.getState().leave();
});
