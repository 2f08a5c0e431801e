/**
 * The lab as the screens use it.
 *
 * In: files and button presses; telemetry of the server; what the learner's page tells.
 * Out: `useLab`: the run being recorded, its state, and what is followed.
 * Knows nothing of React components, of how a run is drawn, or of where edits are kept.
 */
export { useLab } from './store.ts';
export type { LabActions, LabPhase, LabSnapshot, LabStore } from './contract.ts';
