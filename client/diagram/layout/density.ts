import type { Run } from '../../capture/run.ts';
import { niceStep } from '../scale.ts';
import { type Frame, type Ink, type Rect, xOf } from './frame.ts';
import type { Range } from './range.ts';

/** What replaces strokes that would lie too close: how many entered the wire, per stretch of time. */
export interface Density {
  binMs: number;
  /** Messages of the tallest bar. */
  tallest: number;
  /** `below`: of the second page, whose rail is below the server's. */
  bars: { key: string; rect: Rect; ink: Ink; below: boolean; count: number }[];
}

const CLOSEST_PX_PER_STROKE = 2.5;
/** Below this many there is nothing to see in bars. */
const FEWEST = 24;
const BAR_PX = 9;
/** Of the distance between the rails, so that both directions have room. */
const TALLEST_PART = 0.46;
/** A count that is there is seen, however small beside the others. */
const LOWEST_PX = 2;

/** More than these are not told apart by their pages: it would take longer than a frame. */
const MOST_BY_PAGE = 4_000;

const INKS = { up: 'browser', down: 'server' } as const;

/** Whether this many strokes would have less than 2.5 px each. */
export function isDense({ from, to, run, pxPerMs }: Frame, count: number): boolean {
  const recorded = Math.max(0, Math.min(to, run.end) - Math.max(from, 0));
  return count >= FEWEST && count * CLOSEST_PX_PER_STROKE > recorded * pxPerMs;
}

/** Messages of one stretch of time, each way. */
interface Counts {
  up: number;
  down: number;
}

/** Bars per direction and page. Messages are only counted, never made: there may be a million of them. */
export function layoutDensity(frame: Frame, { first, end }: Range): Density {
  const { run, pxPerMs, geometry } = frame;
  const { messages } = run;
  const binMs = niceStep(BAR_PX / pxPerMs);
  const begin = Math.max(messages.at(first)?.sent ?? 0, frame.from - binMs);
  const { yBrowser, yServer, second } = geometry;
  const pageBelow = end - first <= MOST_BY_PAGE ? second?.page : undefined;
  const bins: { bin: number; above: Counts; below: Counts }[] = [];
  let tallest = 1;
  let index = messages.indexAt(Math.floor(begin / binMs) * binMs);
  for (let bin = Math.floor(begin / binMs); index < end; bin++) {
    const next = Math.min(end, messages.indexAt((bin + 1) * binMs));
    if (next > index) {
      const below =
        pageBelow === undefined ? { up: 0, down: 0 } : countOfPage(messages, pageBelow, index, next);
      const up = messages.countOf('up', index, next) - below.up;
      const above = { up, down: next - index - below.up - below.down - up };
      tallest = Math.max(tallest, above.up, above.down, below.up, below.down);
      bins.push({ bin, above, below });
    }
    index = next;
  }
  const most = (yServer - yBrowser) * TALLEST_PART;
  const barOf = (bin: number, direction: 'up' | 'down', below: boolean, count: number) => {
    if (count === 0) return [];
    const height = Math.max(LOWEST_PX, (count / tallest) * most);
    const rail = direction === 'down' ? yServer : below ? second!.y : yBrowser;
    // Towards the other rail.
    const y = (direction === 'up') === below ? rail - 2 - height : rail + 2;
    const rect = { x: xOf(frame, bin * binMs) + 0.5, y, width: binMs * pxPerMs - 1, height };
    return [{ key: `${direction} ${bin} ${below}`, rect, ink: INKS[direction], below, count }];
  };
  const bars = bins.flatMap(({ bin, above, below }) =>
    (['up', 'down'] as const).flatMap((direction) => [
      ...barOf(bin, direction, false, above[direction]),
      ...barOf(bin, direction, true, below[direction]),
    ]),
  );
  return { binMs, tallest, bars };
}

/** Of the messages from place `from` to `to`, those of a page. */
function countOfPage(messages: Run['messages'], page: string, from: number, to: number): Counts {
  const counts = { up: 0, down: 0 };
  for (let index = from; index < to; index++) {
    const message = messages.at(index);
    if (message?.page === page) counts[message.direction]++;
  }
  return counts;
}
