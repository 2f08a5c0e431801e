import { useCallback, useSyncExternalStore } from 'react';
import { onEveryFrame } from '../capture/index.ts';
import type { Run } from '../capture/run.ts';
import { useLab } from '../lab/index.ts';
import { runNow } from './keys.ts';

const REDUCED = '(prefers-reduced-motion: reduce)';
const REDUCED_STEP_MS = 250;

const query = matchMedia(REDUCED);

function onMotionChange(changed: () => void): () => void {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** Whether the reader asked for less motion; follows the setting. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(onMotionChange, () => query.matches);
}

/** Lab time of the live run, as of the last frame. */
let seen = { run: 0, now: 0 };

function look(): void {
  const run = useLab.getState().run?.number ?? 0;
  seen = { run, now: runNow() };
}

/** Tells once per animation frame, or every 250 ms for readers who asked for less motion, that time has passed. */
function onTime(changed: () => void, reduced: boolean): () => void {
  const tick = (): void => {
    look();
    changed();
  };
  if (!reduced) return onEveryFrame(tick);
  const timer = setInterval(tick, REDUCED_STEP_MS);
  return () => clearInterval(timer);
}

const never = (): void => undefined;

/** Lab time at the playhead of this run, renewed per frame while it is live and `frozenAt` is null. */
export function useNow(run: Run, frozenAt: number | null, reduced: boolean): number {
  const isRunning = run.live && frozenAt === null;
  const { number } = run;
  const subscribe = useCallback(
    (changed: () => void) => (isRunning ? onTime(changed, reduced) : never),
    [isRunning, reduced],
  );
  const now = useSyncExternalStore(subscribe, () => (isRunning && seen.run === number ? seen.now : 0));
  if (frozenAt !== null) return frozenAt;
  return isRunning ? Math.max(now, run.end) : run.end;
}
