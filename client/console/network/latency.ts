/** One-way delays offered, ms. Anything from 0 to `LATENCY_MAX_MS` can be typed. */
export const LATENCY_PRESETS = [0, 20, 50, 100, 200, 500, 1000] as const;

/** What the lab API accepts (`ConditionsBody`). */
export const LATENCY_MAX_MS = 10_000;

/** The next preset above (1) or below (-1) a delay, which may lie between two; the delay itself at the end. */
export function nextLatency(latencyMs: number, direction: 1 | -1): number {
  if (direction === 1) return LATENCY_PRESETS.find((preset) => preset > latencyMs) ?? latencyMs;
  return LATENCY_PRESETS.findLast((preset) => preset < latencyMs) ?? latencyMs;
}

/** What a learner typed, in ms; null when it is no delay. */
export function parseLatency(text: string): number | null {
  const ms = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(ms) && ms >= 0 && ms <= LATENCY_MAX_MS ? Math.round(ms) : null;
}
