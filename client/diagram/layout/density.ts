import { niceStep } from '../scale.ts';
import { type Frame, type Ink, type Rect, xOf } from './frame.ts';
import type { Range } from './range.ts';

/** What replaces strokes that would lie too close: how many entered the wire, per stretch of time. */
export interface Density {
  binMs: number;
  /** Messages of the tallest bar. */
  tallest: number;
  bars: { key: string; rect: Rect; ink: Ink; count: number }[];
}

const CLOSEST_PX_PER_STROKE = 2.5;
/** Below this many there is nothing to see in bars. */
const FEWEST = 24;
const BAR_PX = 9;
/** Of the distance between the rails, so that both directions have room. */
const TALLEST_PART = 0.46;
/** A count that is there is seen, however small beside the others. */
const LOWEST_PX = 2;

const INKS = { up: 'browser', down: 'server' } as const;

/** Whether this many strokes would have less than 2.5 px each. */
export function isDense({ from, to, run, pxPerMs }: Frame, count: number): boolean {
  const recorded = Math.max(0, Math.min(to, run.end) - Math.max(from, 0));
  return count >= FEWEST && count * CLOSEST_PX_PER_STROKE > recorded * pxPerMs;
}

/** Bars per direction. Messages are only counted, never made: there may be a million of them. */
export function layoutDensity(frame: Frame, { first, end }: Range): Density {
  const { run, pxPerMs, geometry } = frame;
  const { messages } = run;
  const binMs = niceStep(BAR_PX / pxPerMs);
  const begin = Math.max(messages.at(first)?.sent ?? 0, frame.from - binMs);
  const bins: { bin: number; up: number; down: number }[] = [];
  let tallest = 1;
  let index = messages.indexAt(Math.floor(begin / binMs) * binMs);
  for (let bin = Math.floor(begin / binMs); index < end; bin++) {
    const next = Math.min(end, messages.indexAt((bin + 1) * binMs));
    if (next > index) {
      const up = messages.countOf('up', index, next);
      const down = next - index - up;
      tallest = Math.max(tallest, up, down);
      bins.push({ bin, up, down });
    }
    index = next;
  }
  const { yBrowser, yServer } = geometry;
  const most = (yServer - yBrowser) * TALLEST_PART;
  const bars = bins.flatMap(({ bin, ...counts }) =>
    (['up', 'down'] as const).flatMap((direction) => {
      const count = counts[direction];
      if (count === 0) return [];
      const height = Math.max(LOWEST_PX, (count / tallest) * most);
      const y = direction === 'up' ? yBrowser + 2 : yServer - 2 - height;
      const rect = { x: xOf(frame, bin * binMs) + 0.5, y, width: binMs * pxPerMs - 1, height };
      return [{ key: `${direction} ${bin}`, rect, ink: INKS[direction], count }];
    }),
  );
  return { binMs, tallest, bars };
}
