/**
 * The lab's bar and what both ends print.
 *
 * In: `useLab`, and what the shell does on Run, Stop, and on opening a line. Out: the transport, the
 * network's controls, the Console, the notice over the wire, the self-check.
 * Knows nothing of: editors, lessons, how the wire is drawn, how telemetry arrives.
 */
import { lazy } from 'react';
import { loadSelfCheck } from './check/load.ts';

export { Transport, StopButton } from './Transport.tsx';
export { RunButton } from './RunButton.tsx';
export { RunMenu, type KeepItem } from './run-menu/RunMenu.tsx';
export { followFrameLink } from './run-menu/frame-link.ts';
export { StateLine } from './StateLine.tsx';
export { NetworkControls, stepLatency } from './network/NetworkControls.tsx';
export { ConsolePane, useConsoleCount } from './log/ConsolePane.tsx';
export { LabNotice } from './LabNotice.tsx';

/** The page behind `/check`; wants a Suspense around it. */
export const SelfCheck = lazy(async () => ({ default: await loadSelfCheck() }));
