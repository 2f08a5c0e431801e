/**
 * Ends loops that keep the page busy for too long: every loop of the learner's scripts calls
 * `__labLoop(file, line, column)` each time round (`server/labs/loop-guard.ts` puts that in).
 */
import type { SourcePosition } from '#protocol/errors';
import type { Probe } from './probe.ts';

/** One turn of the event loop may spend this long in loops, ms. */
const BUSY_MS = 2_000;
/** The clock is read at the latest after so many rounds. */
const ROUNDS_PER_READING = 1024;
/**
 * Most of the time between two readings that counts, ms. A round that takes longer waits for something
 * else: an `alert`, a breakpoint, a synchronous request.
 */
const COUNTED_MS = 100;
/** When rounds are so slow that readings lie further apart than this (ms), every round is looked at. */
const SLOW_MS = 20;

export class LoopStopped extends Error {
  override name = 'LoopStopped';
}

export interface GuardOptions {
  now(): number;
  /** Calls `work` once the present task has ended. */
  next(work: () => void): void;
  /** A loop is about to be ended by `error`. */
  onStop(error: LoopStopped, at: SourcePosition): void;
}

/** The guard itself; cheap: it counts, and reads the clock now and then. */
export function createLoopGuard({ now, next, onStop }: GuardOptions) {
  let armed = false;
  let rounds = 0;
  let stride = 1;
  let nextReading = 0;
  let lastReading = 0;
  let busy = 0;
  let stopped: LoopStopped | null = null;

  function turnEnded(): void {
    armed = false;
    stopped = null;
  }

  function begin(): void {
    armed = true;
    rounds = 0;
    stride = 1;
    nextReading = 1;
    busy = 0;
    lastReading = now();
    next(turnEnded);
  }

  function look(): void {
    const t = now();
    const passed = t - lastReading;
    lastReading = t;
    busy += Math.min(passed, COUNTED_MS);
    stride = passed > SLOW_MS ? 1 : Math.min(stride * 2, ROUNDS_PER_READING);
    nextReading = rounds + stride;
  }

  return (file: string, line: number, column: number): void => {
    if (!armed) begin();
    if (++rounds < nextReading) return;
    look();
    if (busy <= BUSY_MS) return;
    // Caught by the learner's own `catch` it is thrown again, but told only once.
    const first = stopped === null;
    stopped ??= new LoopStopped(
      `The loop at ${file}:${line} kept the page busy for more than ${BUSY_MS / 1000} s`,
    );
    if (first) onStop(stopped, { file, line, column });
    nextReading = 0;
    throw stopped;
  };
}

export interface LoopGuard {
  /** Defines `__labLoop`. */
  install(page: object): void;
  /** Whether an error was told of here. */
  told(error: unknown): boolean;
}

/** One guard for all windows of the page: they share a thread. */
export function createPageLoopGuard({ outbox, tasks, now }: Probe): LoopGuard {
  const told = new WeakSet<object>();
  const guard = createLoopGuard({
    now,
    next: tasks.next,
    onStop(error, at) {
      told.add(error);
      const message = `${error.name}: ${error.message}`;
      outbox.emit({ type: 'error', t: now(), message, at, rejection: false, loop: true });
      outbox.flush();
    },
  });
  return {
    install: (page) => void Object.defineProperty(page, '__labLoop', { value: guard }),
    told: (error) => typeof error === 'object' && error !== null && told.has(error),
  };
}
