/** The delays of one track as a strip plot. px. */
export interface StripShapes {
  dots: { x: number; y: number }[];
  x(delay: number): number;
  ticks: number[];
}

const MARGIN = 5;
/** Dots that would cover each other are stacked around the middle. */
const DOT_PX = 5;
const STEPS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
/** No more figures than this. */
const TICKS = 3;

/** The longest delay that the strips of a race have room for, ms: one scale for all. */
export function stripEnd(delays: readonly number[]): number {
  return Math.max(10, ...delays) * 1.08;
}

export function stripOf(
  delays: readonly number[],
  longest: number,
  width: number,
  height: number,
): StripShapes {
  const x = (delay: number): number => MARGIN + (Math.max(0, delay) / longest) * (width - 2 * MARGIN);
  const stacks = new Map<number, number>();
  const most = Math.floor((height / 2 - 3) / DOT_PX);
  const dots = delays
    .toSorted((a, b) => a - b)
    .map((delay) => {
      const place = Math.round(x(delay) / (DOT_PX + 1));
      const count = (stacks.get(place) ?? 0) + 1;
      stacks.set(place, count);
      const off = Math.min(most, count >> 1) * DOT_PX;
      return { x: x(delay), y: height / 2 + (count % 2 === 1 ? -off : off) };
    });
  const step = STEPS_MS.find((ms) => longest / ms <= TICKS + 0.5) ?? STEPS_MS.at(-1)!;
  const ticks = Array.from({ length: Math.floor(longest / step) + 1 }, (_, index) => index * step);
  return { dots, x, ticks };
}
