import { HIDDEN_FLUSH_MS } from './limits.ts';

/** Calls `flush` with the next animation frame, or soon when the tab is hidden and gets no frames. */
export function scheduleFrame(flush: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined = undefined;
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    flush();
  });
  timer = setTimeout(() => {
    cancelAnimationFrame(frame);
    flush();
  }, HIDDEN_FLUSH_MS);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
