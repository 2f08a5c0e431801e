import { useEffect } from 'react';
import { advance } from './replay.ts';
import { useTimeline } from './view-store.ts';

const REDUCED_STEP_MS = 250;
/** After a pause of the browser (a hidden tab) the replay goes on from where it was, ms. */
const LONGEST_FRAME_MS = 500;

/** Moves the playhead while it plays: with every frame, or in steps for readers who asked for less motion. */
export function useReplay(reduced: boolean): void {
  const playing = useTimeline((state) => state.playing);
  useEffect(() => {
    if (!playing) return;
    if (reduced) {
      const timer = setInterval(() => advance(REDUCED_STEP_MS), REDUCED_STEP_MS);
      return () => clearInterval(timer);
    }
    let last = performance.now();
    let frame = requestAnimationFrame(function next(now) {
      advance(Math.min(LONGEST_FRAME_MS, Math.max(0, now - last)));
      last = now;
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, reduced]);
}
