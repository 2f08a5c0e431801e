import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Run } from '../capture/run.ts';
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

/** Calls `tick` once per animation frame, or every 250 ms for readers who asked for less motion. */
function useTicks(active: boolean, reduced: boolean, tick: () => void): void {
  useEffect(() => {
    if (!active) return;
    if (reduced) {
      const timer = setInterval(tick, REDUCED_STEP_MS);
      return () => clearInterval(timer);
    }
    let frame = requestAnimationFrame(function next() {
      tick();
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [active, reduced, tick]);
}

/** Lab time at the playhead of this run, renewed per frame while it is live and `frozenAt` is null. */
export function useNow(run: Run, frozenAt: number | null, reduced: boolean): number {
  const [seen, setSeen] = useState({ run: run.number, now: run.end });
  const { number } = run;
  const tick = useCallback(() => setSeen({ run: number, now: runNow() }), [number]);
  useTicks(run.live && frozenAt === null, reduced, tick);
  if (frozenAt !== null) return frozenAt;
  if (!run.live || seen.run !== run.number) return run.end;
  return Math.max(seen.now, run.end);
}
