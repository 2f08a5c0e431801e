import { describe, expect, it } from 'vitest';
import { CHOICES } from './settings.ts';
import { scheduleOf, type ScheduleKind } from './schedule.ts';

const plan = (schedule: ScheduleKind, seed = 1, messages = 20) => ({
  schedule,
  messages,
  spanMs: 10_000,
  seed,
});
const times = (schedule: ScheduleKind, seed?: number, messages?: number) =>
  scheduleOf(plan(schedule, seed, messages)).map(({ at }) => at);
const gaps = (all: number[]) => all.slice(1).map((at, index) => at - all[index]!);

describe('a schedule', () => {
  const seeded = CHOICES.schedule.filter((kind) => kind !== 'typed');

  it.each(seeded)('of kind %s is the same for the same seed', (kind) => {
    expect(scheduleOf(plan(kind, 7))).toEqual(scheduleOf(plan(kind, 7)));
  });

  it.each(seeded)('of kind %s has every message, in order, within its time', (kind) => {
    for (let seed = 1; seed <= 50; seed++) {
      const all = times(kind, seed, 10);
      expect(all).toHaveLength(10);
      expect(all).toEqual(all.toSorted((a, b) => a - b));
      expect(all[0]).toBeGreaterThanOrEqual(0);
      expect(all.at(-1)).toBeLessThanOrEqual(10_000);
    }
  });

  it('is another one for another seed', () => {
    for (const kind of ['steady', 'random', 'bursts'] as const)
      expect(times(kind, 1)).not.toEqual(times(kind, 2));
  });

  it('that is steady has equal distances', () => {
    const distances = gaps(times('steady', 3));
    expect(Math.max(...distances) - Math.min(...distances)).toBeLessThanOrEqual(1);
  });

  it('in bursts has messages that come close behind another, and pauses', () => {
    const distances = gaps(times('bursts', 1));
    expect(distances.filter((ms) => ms < 300).length).toBeGreaterThanOrEqual(8);
    expect(Math.max(...distances)).toBeGreaterThan(600);
  });

  it('around a silence has most of its time in one gap', () => {
    expect(Math.max(...gaps(times('silence')))).toBeGreaterThan(6_000);
  });

  it('that is typed has nothing planned', () => {
    expect(scheduleOf(plan('typed'))).toEqual([]);
  });

  it('has messages of one length', () => {
    expect(new Set(scheduleOf(plan('random', 1, 40)).map(({ text }) => text.length))).toEqual(new Set([24]));
  });
});
