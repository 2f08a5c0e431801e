import { describe, expect, it } from 'vitest';
import { Clock, compose, DRIFT_PER_MS, type ClockSample } from './clock.ts';

/** An exchange with a clock that is `offset` ahead, with these times on the way. */
function exchange(sent: number, offset: number, there: number, back: number): ClockSample {
  return { sent, theirs: sent + there + offset, received: sent + there + back };
}

describe('Clock', () => {
  it('knows nothing before the first exchange', () => {
    expect(new Clock(DRIFT_PER_MS).estimate(0)).toBeNull();
  });

  it('finds the offset when both ways take the same time', () => {
    const clock = new Clock(DRIFT_PER_MS);
    clock.add(exchange(1000.5, -900, 3, 3));
    expect(clock.estimate(1006.5)?.offset).toBeCloseTo(-900);
  });

  it('is never off by more than it says', () => {
    for (const [there, back] of [
      [0, 10],
      [10, 0],
      [2, 3],
    ] as const) {
      const clock = new Clock(DRIFT_PER_MS);
      clock.add(exchange(50.5, 1234, there, back));
      const { offset, errorMs } = clock.estimate(60.5)!;
      expect(Math.abs(offset - 1234)).toBeLessThanOrEqual(errorMs);
    }
  });

  it('believes the exchange with the smallest round trip', () => {
    const clock = new Clock(DRIFT_PER_MS);
    clock.add(exchange(0.5, 100, 40, 2));
    clock.add(exchange(50.5, 100, 1, 1));
    clock.add(exchange(100.5, 100, 2, 60));
    expect(clock.estimate(170)?.offset).toBeCloseTo(100);
    expect(clock.estimate(170)!.errorMs).toBeLessThan(1.2);
  });

  it('trusts an old exchange less and less', () => {
    const clock = new Clock(DRIFT_PER_MS);
    clock.add(exchange(0.5, 0, 1, 1));
    expect(clock.estimate(600_000)!.errorMs).toBeGreaterThan(clock.estimate(10)!.errorMs + 25);
  });

  it('trusts it as much as ever when both read one clock', () => {
    const clock = new Clock(0);
    clock.add(exchange(0.5, 0, 1, 1));
    expect(clock.estimate(600_000)).toEqual(clock.estimate(10));
  });

  it('forgets exchanges that left the window', () => {
    const clock = new Clock(DRIFT_PER_MS);
    clock.add(exchange(0.5, 5, 0.5, 0.5));
    for (let n = 0; n < 30; n++) clock.add(exchange(n * 2000 + 10.5, 7, 1, 1));
    expect(clock.samples).toBe(30);
    expect(clock.estimate(60_000)?.offset).toBeCloseTo(7);
  });

  it('says 1 ms for clocks that tick in whole ms, even when an exchange took no time at all', () => {
    const clock = new Clock(DRIFT_PER_MS);
    clock.add({ sent: 10, theirs: 500, received: 10 });
    expect(clock.estimate(10)).toEqual({ offset: 490, errorMs: 1 });
  });

  it('refuses an exchange that ended before it began, and forged stamps', () => {
    const clock = new Clock(DRIFT_PER_MS);
    clock.add({ sent: 10, theirs: 500, received: 9 });
    clock.add({ sent: 10, theirs: Number.NaN, received: 11 });
    expect(clock.estimate(10)).toBeNull();
  });
});

describe('compose', () => {
  it('leads from page time to lab time, and adds the errors', () => {
    // App time 1000 is page time 200 and lab time 5000.
    const pageToLab = compose({ offset: -800, errorMs: 1 }, { offset: 4000, errorMs: 2 });
    expect(200 + pageToLab.offset).toBe(5000);
    expect(pageToLab.errorMs).toBe(3);
  });
});
