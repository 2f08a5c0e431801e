import { describe, expect, it } from 'vitest';
import { median } from '../../capture/index.ts';
import {
  emptyPolls,
  longPollingAnswers,
  longPollingDelay,
  pollingDelay,
  streamingDelay,
} from './formulas.ts';
import { randomOf } from './random.ts';
import { play, type Habit } from './simulation.ts';
import { mean, standardError } from './statistics.ts';

const HABIT: Habit = {
  delivery: 'poll',
  latencyMs: 200,
  pollIntervalMs: 2_000,
  reconnectMs: 100,
  began: 0,
  cutAtMs: null,
};

/** A Poisson process of this rate, per ms. */
function poisson(rate: number, end: number, seed: number): number[] {
  const random = randomOf(seed);
  const times: number[] = [];
  for (let t = 0; ;) {
    t -= Math.log(1 - random()) / rate;
    if (t >= end) return times;
    times.push(t);
  }
}

const delays = (habit: Habit, published: number[], end: number) =>
  play(habit, published, end).delays.filter((delay) => delay !== null);

describe('the closed formulas', () => {
  const END = 40_000_000;

  it('agree with polls played through', () => {
    const rate = 1 / 900;
    const played = play(HABIT, poisson(rate, END, 1), END);
    const known = played.delays.filter((delay) => delay !== null);
    const { mean: expected, max, sd } = pollingDelay(200, 2_000);
    expect(expected).toBe(1_400);
    expect(Math.abs(mean(known) - expected)).toBeLessThan(4 * sd * Math.sqrt(3 / known.length) + 1);
    expect(Math.max(...known.slice(0, 10_000))).toBeLessThanOrEqual(max);
    expect(played.empty / played.requests).toBeCloseTo(emptyPolls(200, 2_000, rate), 2);
  });

  it.each([1 / 5_000, 1 / 900, 1 / 200, 1 / 20])(
    'agree with long polling played through, at %d messages/ms',
    (rate) => {
      const published = poisson(rate, END, 2);
      const played = play({ ...HABIT, delivery: 'held' }, published, END);
      const known = played.delays.filter((delay) => delay !== null);
      const { mean: expected, max } = longPollingDelay(200, rate);
      expect(mean(known) / expected).toBeCloseTo(1, 1.5);
      expect(known.every((delay) => delay <= max + 1e-6)).toBe(true);
      expect(played.requests / END / longPollingAnswers(200, rate)).toBeCloseTo(1, 1.5);
    },
  );

  it('agree with a stream played through', () => {
    const known = delays(
      { ...HABIT, delivery: 'stream', began: -1_000 },
      poisson(1 / 500, 100_000, 3),
      200_000,
    );
    for (const delay of known) expect(delay).toBeCloseTo(streamingDelay(200).mean, 6);
  });

  it('say that long polling without distance waits for nothing', () => {
    expect(longPollingDelay(0, 1 / 100)).toEqual({ mean: 0, max: 0 });
  });
});

describe('a technique played through', () => {
  it('keeps what is published while nobody asks for the next request', () => {
    expect(play({ ...HABIT, delivery: 'held', began: -1_000 }, [1_000, 1_100, 1_200], 5_000).delays).toEqual([
      200, 500, 400,
    ]);
  });

  it('goes on after a cut with what it missed', () => {
    const habit = { ...HABIT, delivery: 'stream' as const, began: -1_000, cutAtMs: 1_000 };
    // 900 is under way when the wire is cut; the next attempt is made at 1100 and answered at 1500.
    expect(play(habit, [500, 900, 1_050, 2_000], 5_000).delays).toEqual([200, 600, 450, 200]);
    expect(play(habit, [500], 5_000).requests).toBe(2);
  });

  it('loses a poll that is cut, and asks again', () => {
    const habit = { ...HABIT, began: 0, cutAtMs: 100 };
    expect(play(habit, [50], 5_000)).toMatchObject({ delays: [550], requests: 3 });
  });

  it('has nothing of what would arrive after the end', () => {
    expect(play({ ...HABIT, delivery: 'stream', began: -1_000 }, [4_900], 5_000).delays).toEqual([null]);
  });
});

describe('statistics', () => {
  it('know the middle', () => {
    expect([median([]), median([3]), median([3, 1]), median([9, 1, 2])]).toEqual([null, 3, 2, 2]);
  });

  it('know how sure a mean is', () => {
    expect(standardError([1, 3])).toBeCloseTo(1);
    expect(standardError([2, 2, 2])).toBe(0);
  });
});
