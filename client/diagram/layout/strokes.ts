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

/** Strokes are not drawn closer than this… */
const CLOSEST_PX = 4;
/** …and are moved apart by this much when they are. */
const FAN_PX = 7;
/** Strokes this close entered the wire together, for the eye. */
const BURST_PX = 1.5;
/** Within this distance from rail to rail, a stroke stands upright. */
const STEEP_PX = 8;
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

/**
 * Moves strokes apart that would lie closer than 4 px. A burst fans out from its moment; strokes that merely
 * follow closely move by a step at most, so that a dense stretch does not drift away from its times. A request
 * and its answer are kept apart only when both are steep: otherwise they form a V and meet at one point.
 */
function fanOut(strokes: Stroke[]): void {
  const last = { up: { x: -Infinity, burst: -Infinity }, down: { x: -Infinity, burst: -Infinity } };
  for (const stroke of [...strokes].sort((a, b) => a.entered - b.entered)) {
    const { direction, x1 } = stroke;
    const [own, other] = [last[direction], last[direction === 'up' ? 'down' : 'up']];
    const isSteep = stroke.x2 - x1 < STEEP_PX;
    const before = isSteep ? Math.max(own.x, other.x) : own.x;
    const isBurst = x1 - own.burst < BURST_PX;
    if (!isBurst) own.burst = x1;
    if (x1 - before < CLOSEST_PX) {
      stroke.shift = Math.min(before + FAN_PX - x1, isBurst ? MOST_SHIFT_PX : FAN_PX);
      stroke.x1 += stroke.shift;
      stroke.x2 += stroke.shift;
    }
    own.x = Math.max(own.x, stroke.x1);
  }
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
