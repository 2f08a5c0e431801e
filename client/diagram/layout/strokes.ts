import type { Direction } from '#protocol/telemetry';
import type { Segment, WireMessage } from '../../capture/run.ts';
import { type Frame, type Ink, xOf } from './frame.ts';

/** Bytes that crossed together: a line from rail to rail whose slope is the measured latency. */
export interface Stroke {
  key: string;
  message: string;
  direction: Direction;
  ink: Ink;
  /** The first bytes of a message are drawn thick, what follows thin. */
  head: boolean;
  selected: boolean;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  state: 'arrived' | 'lost' | 'flying';
  /** Sideways shift that keeps it apart from its neighbours, px; already in x1 and x2. */
  shift: number;
  /** When the bytes entered the wire, and when they arrived, were lost, or are expected; ms. */
  entered: number;
  until: number;
}

/** Strokes of one direction are never drawn closer than this… */
const CLOSEST_PX = 4;
/** …and are moved apart by this much when they are. */
const FAN_PX = 7;
/** A burst is not drawn further from its moment than this: beyond, its strokes lie on each other. */
const MOST_SHIFT_PX = 49;

export function layoutStrokes(frame: Frame): Stroke[] {
  const ended = new Map(frame.run.connections.map(({ id, ended: end }) => [id, end?.t ?? null]));
  const strokes: Stroke[] = [];
  for (const message of frame.run.messages) {
    if (message.sent > frame.to) continue;
    if (message.arrived !== null && message.arrived < frame.from) continue;
    message.segments.forEach((segment, index) => {
      const stroke = layoutSegment(frame, message, segment, index, ended.get(message.connection) ?? null);
      if (stroke) strokes.push(stroke);
    });
  }
  fanOut(strokes);
  return strokes;
}

function layoutSegment(
  frame: Frame,
  message: WireMessage,
  segment: Segment,
  index: number,
  connectionEnd: number | null,
): Stroke | null {
  const { run, geometry } = frame;
  const expected = segment.entered + Math.max(run.conditions.latencyMs, 0.1);
  const isLost = message.lost && segment.arrived === null;
  const lostAt = Math.max(segment.entered, connectionEnd ?? run.end);
  const until = segment.arrived ?? (isLost ? lostAt : expected);
  if (segment.entered > frame.to || Math.max(until, run.live ? expected : 0) < frame.from) return null;
  const isUp = message.direction === 'up';
  const [y1, far] = isUp ? [geometry.yBrowser, geometry.yServer] : [geometry.yServer, geometry.yBrowser];
  // How far lost bytes had come is not known; by the delay it is at most nearly there.
  const way = isLost ? clamp((lostAt - segment.entered) / (expected - segment.entered), 0.06, 0.92) : 1;
  return {
    key: `${message.id}/${index}`,
    message: message.id,
    direction: message.direction,
    ink: isUp ? 'browser' : 'server',
    head: index === 0,
    selected: frame.selection?.message === message.id,
    x1: xOf(frame, segment.entered),
    y1,
    x2: xOf(frame, until),
    y2: y1 + (far - y1) * way,
    state: segment.arrived !== null ? 'arrived' : isLost ? 'lost' : 'flying',
    shift: 0,
    entered: segment.entered,
    until,
  };
}

/** Moves strokes of one direction apart that would lie closer than 4 px. Changes them in place. */
function fanOut(strokes: Stroke[]): void {
  for (const direction of ['up', 'down'] as const) {
    const own = strokes
      .filter((stroke) => stroke.direction === direction)
      .sort((a, b) => a.entered - b.entered);
    let previous = -Infinity;
    for (const stroke of own) {
      const needed = stroke.x1 - previous < CLOSEST_PX ? previous + FAN_PX - stroke.x1 : 0;
      stroke.shift = Math.min(needed, MOST_SHIFT_PX);
      stroke.x1 += stroke.shift;
      stroke.x2 += stroke.shift;
      previous = Math.max(previous, stroke.x1);
    }
  }
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
