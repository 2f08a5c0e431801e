import { describe, expect, it, vi } from 'vitest';
import { createLoopGuard, LoopStopped } from './loop-guard.ts';

/** An event loop of which each round of a loop takes `roundMs`. */
function eventLoop() {
  let time = 0;
  let tasks: (() => void)[] = [];
  const now = vi.fn(() => time);
  const onStop = vi.fn();
  const guard = createLoopGuard({ now, next: (work) => tasks.push(work), onStop });
  return {
    now,
    onStop,
    endTask() {
      const due = tasks;
      tasks = [];
      for (const task of due) task();
    },
    /** Rounds until the guard throws, at most `most`. */
    loop(roundMs: number, most: number): number {
      for (let round = 1; round <= most; round++) {
        time += roundMs;
        try {
          guard('client.js', 12, 3);
        } catch (error) {
          expect(error).toBeInstanceOf(LoopStopped);
          return round;
        }
      }
      return most;
    },
    get time() {
      return time;
    },
  };
}

describe('the loop guard', () => {
  it('ends a loop after two seconds, and says where it is', () => {
    const { loop, onStop } = eventLoop();
    loop(0.001, 10_000_000);
    expect(onStop).toHaveBeenCalledTimes(1);
    expect(onStop.mock.calls[0]![1]).toEqual({ file: 'client.js', line: 12, column: 3 });
  });

  it('is never more than a few ms late for fast rounds', () => {
    const fast = eventLoop();
    fast.loop(0.001, 10_000_000);
    expect(fast.time).toBeGreaterThan(2000);
    expect(fast.time).toBeLessThan(2010);
  });

  it('reads the clock seldom', () => {
    const fast = eventLoop();
    expect(fast.loop(0.0001, 1_000_000)).toBe(1_000_000);
    expect(fast.now.mock.calls.length).toBeLessThan(1_100);
  });

  it('ends slow rounds too, and late ones when each waits for something else', () => {
    const slow = eventLoop();
    slow.loop(90, 1000);
    expect(slow.time).toBeLessThan(2500);
    const alerts = eventLoop();
    expect(alerts.loop(3000, 10)).toBe(10);
    expect(alerts.onStop).not.toHaveBeenCalled();
  });

  it('lets loops go on that let the event loop turn', () => {
    const polite = eventLoop();
    for (let turn = 0; turn < 100; turn++) {
      expect(polite.loop(1, 500)).toBe(500);
      polite.endTask();
    }
    expect(polite.onStop).not.toHaveBeenCalled();
  });

  it('throws again when the error was caught, and tells of it once', () => {
    const stubborn = eventLoop();
    stubborn.loop(1, 5000);
    expect(stubborn.loop(1, 5000)).toBe(1);
    expect(stubborn.loop(1, 5000)).toBe(1);
    expect(stubborn.onStop).toHaveBeenCalledTimes(1);
  });

  it('begins anew with the next task', () => {
    const again = eventLoop();
    again.loop(1, 5000);
    again.endTask();
    expect(again.loop(1, 1500)).toBe(1500);
    again.loop(1, 5000);
    expect(again.onStop).toHaveBeenCalledTimes(2);
  });
});
