import { useEffect, useSyncExternalStore, type RefObject } from 'react';
import type { RaceResult } from '../model/result.ts';
import { scaleOf } from '../model/scale.ts';

const query = matchMedia('(prefers-reduced-motion: reduce)');
const REDUCED_STEP_MS = 250;

function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
}

/**
 * Moves the playhead with real time: `--now` of the board, px from the left of the time area, at which the pictures
 * are clipped. In steps of 250 ms for readers who asked for less motion.
 */
export function usePlayhead(
  board: RefObject<HTMLElement | null>,
  time: RefObject<HTMLElement | null>,
  flag: RefObject<HTMLElement | null>,
  result: RaceResult,
): void {
  const reduced = useReducedMotion();
  useEffect(() => {
    const told = performance.now();
    const isRunning = result.status === 'running';
    const move = (): void => {
      const width = time.current?.clientWidth ?? 0;
      const now = isRunning ? Math.min(result.to, result.now + performance.now() - told) : result.now;
      const left = isRunning ? scaleOf(result, width).x(now) : width;
      board.current?.style.setProperty('--now', `${left}px`);
      if (flag.current) flag.current.dataset['now'] = `${(Math.max(0, now) / 1000).toFixed(2)} s`;
    };
    move();
    if (!isRunning) {
      const observer = new ResizeObserver(move);
      if (time.current) observer.observe(time.current);
      return () => observer.disconnect();
    }
    if (reduced) {
      const timer = setInterval(move, REDUCED_STEP_MS);
      return () => clearInterval(timer);
    }
    let frame = requestAnimationFrame(function next() {
      move();
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [board, time, flag, result, reduced]);
}
