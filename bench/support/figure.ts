/** A measured figure, and how it goes back to `.ci/bench.mjs`. */
export interface Figure {
  name: string;
  /** Median of `samples`. */
  value: number;
  unit: string;
  samples: number;
  /** What the plan expects, e.g. `≤ 5 ms`, and whether `value` is in it; '' where it expects nothing. */
  expected: string;
  met: boolean;
}

type Bound = { atMost: number } | { atLeast: number };

/** Makes a figure of five samples or more. */
export function figure(name: string, unit: string, samples: number[], bound?: Bound): Figure {
  if (samples.length < 5) throw new Error(`${name}: ${samples.length} samples are too few for a median`);
  const value = median(samples);
  const shown = { name, value, unit, samples: samples.length };
  if (bound === undefined) return { ...shown, expected: '', met: true };
  const [sign, limit, met] =
    'atMost' in bound
      ? ['≤', bound.atMost, value <= bound.atMost]
      : ['≥', bound.atLeast, value >= bound.atLeast];
  return { ...shown, expected: `${sign} ${Number(limit.toPrecision(2))} ${unit}`.trim(), met };
}

function median(samples: number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs `sample` `count` times, one after the other. */
export async function repeat(count: number, sample: () => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  while (samples.length < count) samples.push(await sample());
  return samples;
}

/** Sends the figures to the process that started this one. */
export function report(figures: Figure[]): void {
  process.send?.(figures);
}
