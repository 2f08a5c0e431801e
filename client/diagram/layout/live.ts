import type { Tape } from '../layout.ts';
import type { WaitingBar, Wash } from './connections.ts';
import { xOf } from './frame.ts';
import type { HeldBar } from './held.ts';
import { clamp, type Point, type Stroke } from './strokes.ts';

/** Bytes on their way: solid as far as they are, dotted to where they are expected. */
export interface FlyingStroke extends Stroke {
  solid: Point[];
  dotted: Point[];
}

/** What depends on the present moment, in the coordinates of the tape. */
export interface Live {
  xNow: number;
  washes: (Wash & { end: { browser: number; server: number } })[];
  held: (HeldBar & { x2: number })[];
  waiting: (WaitingBar & { x2: number })[];
  flying: FlyingStroke[];
}

export function layoutLive({ frame, washes, held, waiting, strokes }: Tape, now: number): Live {
  const xNow = xOf(frame, now);
  return {
    xNow,
    washes: washes.flatMap((wash) =>
      wash.end === null && wash.x <= xNow ? [{ ...wash, end: { browser: xNow, server: xNow } }] : [],
    ),
    held: held.flatMap((bar) => (bar.x2 === null && bar.x1 < xNow ? [{ ...bar, x2: xNow }] : [])),
    waiting: waiting.flatMap((bar) => (bar.x2 === null && bar.x1 < xNow ? [{ ...bar, x2: xNow }] : [])),
    flying: strokes.flatMap((stroke) =>
      stroke.state === 'flying' ? [fly(stroke, xNow, frame.pxPerMs, frame.run.conditions.latencyMs)] : [],
    ),
  };
}

/** A proxy has bytes half-way; what it holds stays on its rail until it was seen to let go. */
function fly(stroke: Stroke, xNow: number, pxPerMs: number, latencyMs: number): FlyingStroke {
  const { x1, y1, x2, y2, via, shift, released } = stroke;
  if (!via) {
    const to = { x: Math.max(x2, xNow + shift + 2), y: y2 };
    const tip = tipOf({ x: x1, y: y1 }, { x: x2, y: y2 }, xNow + shift);
    return { ...stroke, solid: [{ x: x1, y: y1 }, tip], dotted: [tip, to] };
  }
  const reached = { x: via.x1, y: via.y };
  if (via.x2 === null) {
    const held = { x: Math.max(reached.x, xNow), y: via.y };
    return { ...stroke, solid: [{ x: x1, y: y1 }, reached, held], dotted: [] };
  }
  const left = { x: via.x2, y: via.y };
  const expected = { x: Math.max(x2, via.x2 + (latencyMs / 2) * pxPerMs), y: y2 };
  const tip = tipOf(left, expected, xNow + released);
  return {
    ...stroke,
    solid: [{ x: x1, y: y1 }, reached, left, tip],
    dotted: [tip, { x: Math.max(expected.x, tip.x + 2), y: y2 }],
  };
}

/** Late bytes stay just before the rail: they are drawn as arrived only when they were seen to arrive. */
function tipOf(from: Point, to: Point, x: number): Point {
  const way = clamp((x - from.x) / (to.x - from.x || 1), 0.02, 0.97);
  return { x: Math.max(from.x, x), y: from.y + (to.y - from.y) * way };
}
