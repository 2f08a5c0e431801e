/** Spans the zoom buttons step through, ms of a window: 20 ms to 10 min by 1-2-5. */
const SPAN_STEPS_MS = [
  20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 600_000,
] as const;
export const SPAN_MIN_MS = 20;
export const SPAN_MAX_MS = 600_000;

export type ZoomDirection = 'in' | 'out';

/** The next step of the zoom from any span, itself a step or not. */
export function stepSpan(spanMs: number, direction: ZoomDirection): number {
  if (direction === 'in') return SPAN_STEPS_MS.findLast((step) => step < spanMs * 0.999) ?? SPAN_MIN_MS;
  return SPAN_STEPS_MS.find((step) => step > spanMs * 1.001) ?? SPAN_MAX_MS;
}

/** The smallest of 1, 2, 5 × 10ⁿ that is not less than `atLeast` (> 0). */
export function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 5, 10].find((each) => each * power >= atLeast * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Distance of the ruler's labels and of the lines between them, ms. Labels are at least 64 px apart. */
export function gridSteps(pxPerMs: number): { major: number; minor: number } {
  const major = niceStep(64 / pxPerMs);
  const leading = Math.round(major / 10 ** Math.floor(Math.log10(major) + 1e-9));
  return { major, minor: major / (leading === 2 ? 4 : 5) };
}
