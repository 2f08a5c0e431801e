import type { Selection } from '../../capture/run.ts';
import type { Tape } from '../layout.ts';
import { type Frame, type Ink, inkOf, type Rect } from './frame.ts';
import type { Flag } from './lanes.ts';
import { clamp, type Point, pointsOf, type Stroke } from './strokes.ts';

/**
 * What a click at (x, y) follows: a box or a word under it, else the nearest stroke within `radius` px, or where
 * strokes became bars, the message of that direction and page that is nearest in time.
 */
export function hitTest(
  { strokes, boxes, flags, density, frame }: Tape,
  x: number,
  y: number,
  radius: number,
): Selection | null {
  for (const { rect, selection } of boxes) {
    if (selection && inside(rect, x, y, 3)) return selection;
  }
  for (const { rect, event } of flags) {
    if (event.message !== undefined && inside(rect, x, y, 3)) return { message: event.message };
  }
  let nearest: Stroke | null = null;
  let least = radius;
  for (const stroke of strokes) {
    const distance = distanceTo(stroke, x, y);
    if (distance > least) continue;
    least = distance;
    nearest = stroke;
  }
  if (nearest) return { message: nearest.message };
  const bar = density?.bars.find(({ rect }) => inside(rect, x, y, 0));
  return bar ? nearestInTime(frame, bar, frame.from + x / frame.pxPerMs) : null;
}

/** Looked through for one of the direction, on either side of a moment. */
const MOST_LOOKED_THROUGH = 500;

function nearestInTime(
  { run, geometry }: Frame,
  { ink, below }: { ink: Ink; below: boolean },
  t: number,
): Selection | null {
  const { messages } = run;
  const place = messages.indexAt(t);
  for (let away = 0; away < MOST_LOOKED_THROUGH; away++) {
    for (const index of [place + away, place - 1 - away]) {
      const message = index < 0 ? undefined : messages.at(index);
      if (!message || inkOf(message.direction) !== ink) continue;
      if (below === (message.page === geometry.second?.page)) return { message: message.id };
    }
  }
  return null;
}

/** The event whose word lies at (x, y). */
export function flagAt(flags: Flag[], x: number, y: number): Flag | null {
  return flags.find(({ rect }) => inside(rect, x, y, 3)) ?? null;
}

function inside(rect: Rect, x: number, y: number, slack: number): boolean {
  return (
    x >= rect.x - slack &&
    x <= rect.x + rect.width + slack &&
    y >= rect.y - slack &&
    y <= rect.y + rect.height + slack
  );
}

/** To the nearest part of a stroke: it has a bend on either side of a proxy. */
function distanceTo(stroke: Stroke, x: number, y: number): number {
  const points = pointsOf(stroke);
  let least = Infinity;
  for (let index = 1; index < points.length; index++) {
    least = Math.min(least, distanceToLine(points[index - 1]!, points[index]!, x, y));
  }
  return least;
}

function distanceToLine(from: Point, to: Point, x: number, y: number): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx ** 2 + dy ** 2;
  const way = length === 0 ? 0 : clamp(((x - from.x) * dx + (y - from.y) * dy) / length, 0, 1);
  return Math.hypot(x - from.x - way * dx, y - from.y - way * dy);
}
