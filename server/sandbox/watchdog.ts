/**
 * Ends threads whose guest cannot be interrupted: a few builtins of the engine run to their end
 * (`new Array(2 ** 28).join()`) and never ask.
 *
 * In: heartbeats. Out: `end` for a thread that is stuck, with the guest that holds it.
 * Knows nothing of guests' code; where the engine asks, the interrupt handler ends the turn instead.
 */
import { monotonicMs } from './contract.ts';
import type { Heartbeat } from './heartbeat.ts';

/** Fine enough that an innocent neighbour waits little, coarse enough to cost nothing. */
const CHECK_EVERY_MS = 100;

export interface Watched {
  heartbeat: Heartbeat;
  /** The thread is stuck in `sandbox`. */
  stuck(sandbox: number): void;
  /** Called at every look. */
  sample(now: number): void;
}

/** Watches until stopped. Does not keep the process alive. */
export function startWatchdog(threads: () => Iterable<Watched>, silentMs: number): () => void {
  const timer = setInterval(() => {
    const now = monotonicMs();
    for (const { heartbeat, stuck, sample } of threads()) {
      sample(now);
      const running = heartbeat.running();
      if (running && now - running.since > silentMs) stuck(running.sandbox);
    }
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
