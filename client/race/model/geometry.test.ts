import { describe, expect, it } from 'vitest';
import { railsOf, shapesOf } from './geometry.ts';
import { scaleOf } from './scale.ts';
import { stripOf } from './strip.ts';
import { resultFor, trackFor } from './test-result.ts';

const scale = scaleOf({ from: 0, to: 10_000 }, 1_006);
const rails = railsOf(100);

describe('a track as shapes', () => {
  it('puts bars that overlap on lines of their own, and the dot at the end of each', () => {
    const track = trackFor('polling', [3_000, 3_000, 3_000, 8_200]);
    const { messages } = resultFor([1_000, 1_500, 2_000, 8_000], [track]);
    const { waits, dots } = shapesOf(track, messages, scale, rails, 10_000, 200);
    expect(new Set(waits.slice(0, 3).map(({ y }) => y)).size).toBe(3);
    expect(waits[3]!.y).toBe(waits[0]!.y);
    for (const [index, { x, width }] of waits.entries()) expect(x + width).toBeCloseTo(dots[index]!.x, 6);
  });

  it('lets a bar go on as long as its message has not arrived', () => {
    const track = trackFor('sse', [null]);
    const { waits, dots } = shapesOf(track, resultFor([1_000], [track]).messages, scale, rails, 10_000, 200);
    expect(dots).toEqual([]);
    expect(waits[0]!.x + waits[0]!.width).toBeCloseTo(scale.x(10_000), 6);
  });

  it('draws what is under way to where it is going to arrive, and half of what was lost', () => {
    const stroke = { direction: 'up', sent: 1_000, arrived: null, weight: 'head', empty: false } as const;
    const track = trackFor('sse', [], {
      strokes: [
        { ...stroke, lost: false },
        { ...stroke, lost: true },
      ],
    });
    const [going, lost] = shapesOf(track, [], scale, rails, 10_000, 200).strokes;
    expect(going).toMatchObject({ x2: scale.x(1_200), y2: rails.server });
    expect(lost!.y2).toBe((rails.browser + rails.server) / 2);
  });
});

describe('the ruler', () => {
  it('has figures that do not touch', () => {
    for (const [to, width] of [
      [1_000, 300],
      [11_200, 520],
      [45_000, 200],
    ] as const) {
      const { x, ticks } = scaleOf({ from: -300, to }, width);
      expect(ticks.length).toBeGreaterThan(1);
      expect(x(ticks[1]!) - x(ticks[0]!)).toBeGreaterThanOrEqual(40);
    }
  });
});

describe('the strip', () => {
  it('keeps every dot within its place, stacked when they would cover each other', () => {
    const { dots } = stripOf(
      Array.from({ length: 40 }, () => 200),
      400,
      140,
      56,
    );
    expect(dots.every(({ y }) => y >= 0 && y <= 56)).toBe(true);
    expect(new Set(dots.map(({ y }) => y)).size).toBeGreaterThan(5);
  });
});
