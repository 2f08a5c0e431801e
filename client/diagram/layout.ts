/**
 * A run as drawing primitives, without React or the DOM.
 *
 * The picture has two parts. The *tape* is what is settled; it is laid out for a stretch longer than the
 * window and then only moved, so that a frame of the animation costs a transform. The *live* part is what
 * depends on now: bytes in flight, what is still open, what is still held.
 */
import type { Gap } from '../capture/run.ts';
import { type Box, layoutBoxes } from './layout/boxes.ts';
import { type HeldBar, layoutHeld, layoutWashes, type Wash } from './layout/connections.ts';
import { type Density, layoutDensity } from './layout/density.ts';
import { type Dimension, layoutDimension } from './layout/dimension.ts';
import { type Frame, isVisible, leftOf, xOf } from './layout/frame.ts';
import { layoutGrid, type Tick } from './layout/grid.ts';
import { type Label, labelStrokes, labelWashes } from './layout/labels.ts';
import { type Flag, layoutLane } from './layout/lanes.ts';
import { Room } from './layout/room.ts';
import { clamp, layoutStrokes, type Stroke } from './layout/strokes.ts';

export interface GapArea {
  gap: Gap;
  x1: number;
  /** Null while nothing is recorded. */
  x2: number | null;
}

export interface Tape {
  frame: Frame;
  grid: Tick[];
  washes: Wash[];
  held: HeldBar[];
  /** x of the moments at which connections were cut. */
  cuts: number[];
  /** Those to draw one by one: all of them, or the followed ones when `density` replaces the rest. */
  strokes: Stroke[];
  density: Density | null;
  labels: Label[];
  flags: Flag[];
  boxes: Box[];
  dimension: Dimension | null;
  gaps: GapArea[];
  /** All strokes, drawn or not: what a click can meet. */
  hits: Stroke[];
}

/** Bytes on their way: solid to (xNow, yNow), dotted to where they are expected. */
export interface FlyingStroke extends Stroke {
  xNow: number;
  yNow: number;
}

export interface Live {
  xNow: number;
  washes: (Wash & { end: { browser: number; server: number } })[];
  held: (HeldBar & { x2: number })[];
  flying: FlyingStroke[];
}

export function layoutTape(frame: Frame): Tape {
  const isMiniature = frame.geometry.ruler === 0;
  const all = layoutStrokes(frame);
  const density = layoutDensity(frame, all);
  const strokes = density ? all.filter((stroke) => stroke.selected) : all;
  const washes = layoutWashes(frame);
  const cuts = cutsOf(washes);
  const tape = {
    frame,
    grid: isMiniature ? [] : layoutGrid(frame),
    washes,
    held: layoutHeld(frame),
    cuts,
    strokes,
    density,
    gaps: layoutGaps(frame),
    hits: all,
  };
  if (isMiniature) return { ...tape, labels: [], flags: [], boxes: [], dimension: null };

  const room = new Room(leftOf(frame));
  for (const stroke of strokes) room.addLine(stroke);
  for (const { rect } of density?.bars ?? []) room.addRect(rect);
  for (const x of cuts)
    room.addRect({ x: x - 6, y: frame.geometry.ruler, width: 12, height: frame.geometry.height });
  const boxes = layoutBoxes(frame);
  for (const box of boxes) room.addRect(box.rect);
  const dimension = layoutDimension(frame);
  if (dimension) room.addRect(dimension.rect);
  // In this order, because the first takes the best place.
  const names = labelWashes(washes, room);
  const labels = density ? names : [...names, ...labelStrokes(frame, strokes, room)];
  const flags = [
    ...layoutLane(frame, 'browser', room, density !== null),
    ...layoutLane(frame, 'server', room, density !== null),
  ];
  return { ...tape, labels, flags, boxes, dimension };
}

/** What depends on the present moment, in the coordinates of the tape. */
export function layoutLive({ frame, washes, held, strokes }: Tape, now: number): Live {
  const xNow = xOf(frame, now);
  return {
    xNow,
    washes: washes.flatMap((wash) =>
      wash.end === null && wash.x <= xNow ? [{ ...wash, end: { browser: xNow, server: xNow } }] : [],
    ),
    held: held.flatMap((bar) => (bar.x2 === null && bar.x1 < xNow ? [{ ...bar, x2: xNow }] : [])),
    flying: strokes.filter((stroke) => stroke.state === 'flying').map((stroke) => fly(frame, stroke, now)),
  };
}

/** Late bytes stay just before the rail: they are drawn as arrived only when they were seen to arrive. */
function fly(frame: Frame, stroke: Stroke, now: number): FlyingStroke {
  const way = clamp((now - stroke.entered) / (stroke.until - stroke.entered), 0.02, 0.97);
  const xNow = Math.max(stroke.x1, xOf(frame, now) + stroke.shift);
  return {
    ...stroke,
    xNow,
    yNow: stroke.y1 + (stroke.y2 - stroke.y1) * way,
    x2: Math.max(stroke.x2, xNow + 2),
  };
}

function cutsOf(washes: Wash[]): number[] {
  const cuts = washes.flatMap(({ by, end }) => (by === 'cut' && end ? [Math.round(end.browser)] : []));
  return [...new Set(cuts)];
}

function layoutGaps(frame: Frame): GapArea[] {
  return frame.run.gaps
    .filter((gap) => isVisible(frame, gap.from, gap.to))
    .map((gap) => ({ gap, x1: xOf(frame, gap.from), x2: gap.to === null ? null : xOf(frame, gap.to) }));
}
