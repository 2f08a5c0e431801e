import { expect, it } from 'vitest';
import { Gaps } from './gaps.ts';

it('losses that follow or overlap one another are one gap, in whatever order they are told', () => {
  const gaps = new Gaps();
  for (const [from, to] of [
    [100, 101],
    [110, 111],
    // Of another queue, which was behind.
    [105, 106],
    [112, 140],
    [90, 95],
  ] as const)
    gaps.dropped(from, to, 1);
  expect(gaps.snapshot()).toEqual([{ from: 90, to: 140, reason: 'events-dropped', events: 5 }]);
});

it('losses apart from one another are gaps of their own', () => {
  const gaps = new Gaps();
  gaps.dropped(100, 101, 1);
  gaps.dropped(200, 201, 2);
  gaps.dropped(50, 51, 1);
  expect(gaps.snapshot().map(({ from, to }) => [from, to])).toEqual([
    [100, 101],
    [200, 201],
    [50, 51],
  ]);
});
