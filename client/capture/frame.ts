/**
 * One callback of each animation frame for everything that moves with it: snapshots first, then what is drawn
 * of them, so that React has all of a frame's news at once and renders once.
 */
import { HIDDEN_FLUSH_MS } from './limits.ts';

const due = new Set<() => void>();
const ticks = new Set<() => void>();
let frame: number | undefined;

/** Calls `flush` with the next animation frame, or soon when the tab is hidden and gets no frames. */
export function scheduleFrame(flush: () => void): () => void {
  const timer = setTimeout(now, HIDDEN_FLUSH_MS);
  const callOff = (): void => {
    due.delete(now);
    clearTimeout(timer);
  };
  function now(): void {
    callOff();
    flush();
  }
  due.add(now);
  request();
  return callOff;
}

/** Calls `tick` in every animation frame, behind the frame's flushes. Returns what ends that. */
export function onEveryFrame(tick: () => void): () => void {
  ticks.add(tick);
  request();
  return () => ticks.delete(tick);
}

function request(): void {
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    if (ticks.size > 0) request();
    for (const work of [...due, ...ticks]) work();
  });
}
