import type { Selection } from '../../capture/run.ts';
import type { Box } from './boxes.ts';
import type { Rect } from './frame.ts';
import type { Flag } from './lanes.ts';
import type { Stroke } from './strokes.ts';

interface Hittable {
  strokes: Stroke[];
  boxes: Box[];
  flags: Flag[];
}

/** What a click at (x, y) follows: a box or a word under it, else the nearest stroke within `radius` px. */
export function hitTest(
  { strokes, boxes, flags }: Hittable,
  x: number,
  y: number,
  radius: number,
): Selection | null {
  for (const { rect, deliveries } of boxes) {
    const carried = deliveries.find((delivery) => delivery.message !== null);
    if (!carried?.message || !inside(rect, x, y, 3)) continue;
    return { message: carried.message, delivery: carried.name };
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
  return nearest && { message: nearest.message };
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

function distanceTo({ x1, y1, x2, y2 }: Stroke, x: number, y: number): number {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const way =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
  return Math.hypot(x - x1 - way * (x2 - x1), y - y1 - way * (y2 - y1));
}
