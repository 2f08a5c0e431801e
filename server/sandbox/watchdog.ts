/**
 * Ends threads whose guest cannot be interrupted: a few builtins of the engine run to their end
 * (`new Array(2 ** 28).join()`) and never ask.
 *
 * In: heartbeats. Out: `end` for a thread that is stuck, with the guest that holds it.
 * Knows nothing of guests' code; where the engine asks, the interrupt handler ends the turn instead.
 */
import { Allowance } from './allowance.ts';
import { monotonicMs } from './contract.ts';
import type { Heartbeat } from './heartbeat.ts';

/** Fine enough that an innocent neighbour waits little, coarse enough to cost nothing (20 looks are 0.1 ms). */
const CHECK_EVERY_MS = 50;

export interface Watched {
  heartbeat: Heartbeat;
  /** The thread is stuck in `sandbox`. */
  stuck(sandbox: number): void;
  /** Called at every look. */
  sample(now: number): void;
}

/** What a guest may do without a sign of life, since its last one. */
interface Silence {
  since: number;
  left: Allowance;
}

/** Watches until stopped. Does not keep the process alive. */
export function startWatchdog(threads: () => Iterable<Watched>, silentMs: number): () => void {
  const silences = new WeakMap<Watched, Silence>();
  const timer = setInterval(() => {
    const now = monotonicMs();
    for (const thread of threads()) {
      thread.sample(now);
      const running = thread.heartbeat.running();
      if (!running) continue;
      const known = silences.get(thread);
      if (known?.since !== running.since) {
        // What passed before this look counts, so that the bound is not longer than it says.
        const ms = silentMs - Math.min(CHECK_EVERY_MS, now - running.since);
        silences.set(thread, { since: running.since, left: new Allowance(ms) });
      } else if (known.left.isOver) thread.stuck(running.sandbox);
    }
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
