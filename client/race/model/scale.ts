/** Times on the width of a picture. */
export interface Scale {
  /** x of a time, px. */
  x(t: number): number;
  /** Times of the ruler's figures, ms. */
  ticks: number[];
}

/** Room before 0 at least, as a share of the width, and behind the end, px. */
const BEFORE = 0.013;
const BEHIND = 6;
/** Two figures of the ruler are no closer, px. */
const TICK_PX = 44;
const STEPS_MS = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

export function scaleOf({ from, to }: { from: number; to: number }, width: number): Scale {
  const begin = Math.min(from, -to * BEFORE);
  const perMs = Math.max(0, width - BEHIND) / (to - begin);
  const step = STEPS_MS.find((ms) => ms * perMs >= TICK_PX) ?? STEPS_MS.at(-1)!;
  const ticks = Array.from({ length: Math.floor(to / step) + 1 }, (_, index) => index * step);
  return { x: (t) => Math.round((t - begin) * perMs * 10) / 10, ticks };
}
