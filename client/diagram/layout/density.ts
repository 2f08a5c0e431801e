import { niceStep } from '../scale.ts';
import { type Frame, type Ink, type Rect, xOf } from './frame.ts';
import type { Stroke } from './strokes.ts';

/** What replaces strokes that would lie too close: how many entered the wire, per stretch of time. */
export interface Density {
  binMs: number;
  /** Strokes of the tallest bar. */
  tallest: number;
  bars: { key: string; rect: Rect; ink: Ink; count: number }[];
}

const CLOSEST_PX_PER_STROKE = 2.5;
/** Below this many there is nothing to see in bars. */
const FEWEST = 24;
const BAR_PX = 9;
/** Of the distance between the rails, so that both directions have room. */
const TALLEST_PART = 0.46;

/** Bars per direction when strokes have less than 2.5 px each; null while they can be drawn one by one. */
export function layoutDensity(frame: Frame, strokes: Stroke[]): Density | null {
  const recorded = Math.min(frame.to, frame.run.end) - Math.max(frame.from, 0);
  const crowded = strokes.length * CLOSEST_PX_PER_STROKE > Math.max(0, recorded) * frame.pxPerMs;
  if (strokes.length < FEWEST || !crowded) return null;
  const binMs = niceStep(BAR_PX / frame.pxPerMs);
  const counts = { browser: new Map<number, number>(), server: new Map<number, number>() };
  for (const { ink, entered } of strokes) {
    const bin = Math.floor(entered / binMs);
    counts[ink].set(bin, (counts[ink].get(bin) ?? 0) + 1);
  }
  const tallest = Math.max(1, ...counts.browser.values(), ...counts.server.values());
  const { yBrowser, yServer } = frame.geometry;
  const most = (yServer - yBrowser) * TALLEST_PART;
  const bars = (['browser', 'server'] as const).flatMap((ink) =>
    [...counts[ink]].map(([bin, count]) => {
      const height = Math.max(2, (count / tallest) * most);
      const y = ink === 'browser' ? yBrowser + 2 : yServer - 2 - height;
      const rect = { x: xOf(frame, bin * binMs) + 0.5, y, width: binMs * frame.pxPerMs - 1, height };
      return { key: `${ink} ${bin}`, rect, ink, count };
    }),
  );
  return { binMs, tallest, bars };
}
