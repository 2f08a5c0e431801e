/**
 * A run as drawing primitives, without React or the DOM.
 *
 * The picture has two parts. The *tape* is what is settled; it is laid out for a stretch longer than the
 * window and then only moved, so that a frame of the animation costs a transform. The *live* part is what
 * depends on now: bytes in flight, what is still open, what is still held.
 *
 * Only what lies in the stretch is asked of the run, and where it is too much to be drawn one by one, it is
 * only counted: the cost of a layout does not grow with the length of the run.
 */
import type { Gap, WireMessage } from '../capture/run.ts';
import { type Box, layoutBoxes } from './layout/boxes.ts';
import {
  type DoubleBar,
  layoutSwitches,
  layoutWaiting,
  layoutWashes,
  type WaitingBar,
  type Wash,
} from './layout/connections.ts';
import { type Density, isDense, layoutDensity } from './layout/density.ts';
import { type Dimension, layoutDimension, layoutRetries } from './layout/dimension.ts';
import { type Frame, isVisible, leftOf, xOf } from './layout/frame.ts';
import { layoutGrid, type Tick } from './layout/grid.ts';
import { type HeldBar, layoutHeld } from './layout/held.ts';
import { type Label, labelStrokes, labelWashes } from './layout/labels.ts';
import { eventsIn, type Flag, layoutLane } from './layout/lanes.ts';
import { rangeOf } from './layout/range.ts';
import { Room } from './layout/room.ts';
import { hasProxy, layoutStrokes, pointsOf, proxyRail, type Stroke } from './layout/strokes.ts';
import { textWidth } from './format.ts';
import { messageOf } from './messages.ts';

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
  waiting: WaitingBar[];
  /** x of the moments at which connections were cut. */
  cuts: number[];
  switches: DoubleBar[];
  /** Height of the proxy's rail; null without a proxy. */
  proxy: number | null;
  /** Those to draw one by one: all of them, or the followed ones when `density` replaces the rest. */
  strokes: Stroke[];
  density: Density | null;
  labels: Label[];
  flags: Flag[];
  boxes: Box[];
  dimensions: Dimension[];
  gaps: GapArea[];
}

export function layoutTape(frame: Frame): Tape {
  const { run } = frame;
  const isMiniature = frame.geometry.ruler === 0;
  const range = rangeOf(frame);
  let density = isDense(frame, range.end - range.first) ? layoutDensity(frame, range) : null;
  const messages = density ? followedOf(frame) : messagesIn(frame);
  let strokes = layoutStrokes(frame, messages);
  if (!density && isDense(frame, strokes.length)) {
    // Few messages can be many segments.
    density = layoutDensity(frame, range);
    strokes = strokes.filter(({ selected }) => selected);
  }
  const washes = layoutWashes(frame);
  const cuts = cutsOf(frame);
  const tape = {
    frame,
    grid: isMiniature ? [] : layoutGrid(frame),
    washes,
    held: layoutHeld(frame, range, density ? [] : messages),
    waiting: density || isMiniature ? [] : layoutWaiting(frame, eventsIn(frame, 'browser', false)),
    cuts,
    switches: layoutSwitches(frame),
    proxy: hasProxy(run, strokes) ? proxyRail(frame) : null,
    strokes,
    density,
    gaps: layoutGaps(frame),
  };
  if (isMiniature) return { ...tape, labels: [], flags: [], boxes: [], dimensions: [] };
  return { ...tape, ...layoutWords(tape, density ? [] : messages) };
}

/** What is read: each word where nothing else is. In this order, because the first takes the best place. */
function layoutWords(
  tape: Omit<Tape, 'labels' | 'flags' | 'boxes' | 'dimensions'>,
  messages: readonly WireMessage[],
): Pick<Tape, 'labels' | 'flags' | 'boxes' | 'dimensions'> {
  const { frame, strokes, density, cuts, switches, washes } = tape;
  const { ruler, height, yBrowser, yServer, second } = frame.geometry;
  const bottom = second?.y ?? yServer;
  const room = new Room(leftOf(frame));
  for (const stroke of strokes) {
    const points = pointsOf(stroke);
    points.slice(1).forEach((to, index) => {
      const from = points[index]!;
      room.addLine({ x1: from.x, y1: from.y, x2: to.x, y2: to.y });
    });
  }
  for (const { rect } of density?.bars ?? []) room.addRect(rect);
  for (const x of cuts) room.addRect({ x: x - 6, y: ruler, width: 12, height });
  for (const { x, text } of switches) {
    room.addRect({ x: x - 2, y: yBrowser - 10, width: 10, height: bottom - yBrowser + 54 });
    if (text !== '') room.addRect({ x, y: bottom + 32, width: textWidth(text, 12) + 16, height: 16 });
  }
  const boxes = layoutBoxes(frame, messages, density !== null);
  for (const box of boxes) room.addRect(box.rect);
  const dimension = layoutDimension(frame);
  const dimensions = [...(dimension ? [dimension] : []), ...layoutRetries(frame, messages)];
  for (const { rect } of dimensions) room.addRect(rect);
  const names = labelWashes(washes, room);
  const labels = density ? names : [...names, ...labelStrokes(frame, strokes, room)];
  const flags = (['browser', 'server'] as const).flatMap((side) =>
    layoutLane(frame, side, room, density !== null),
  );
  return { labels, flags, boxes, dimensions };
}

function messagesIn({ run: { messages }, from, to }: Frame): WireMessage[] {
  return messages.between(from, to).flatMap((index) => messages.at(index) ?? []);
}

function followedOf({ run, selection }: Frame): WireMessage[] {
  const followed = messageOf(run, selection?.message);
  return followed ? [followed] : [];
}

function cutsOf(frame: Frame): number[] {
  const cuts = frame.run.connections.flatMap(({ ended }) =>
    ended?.by === 'cut' && isVisible(frame, ended.t, ended.t) ? [Math.round(xOf(frame, ended.t))] : [],
  );
  return [...new Set(cuts)];
}

function layoutGaps(frame: Frame): GapArea[] {
  return frame.run.gaps
    .filter((gap) => isVisible(frame, gap.from, gap.to))
    .map((gap) => ({ gap, x1: xOf(frame, gap.from), x2: gap.to === null ? null : xOf(frame, gap.to) }));
}
