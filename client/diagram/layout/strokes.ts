import type { Direction } from '#protocol/telemetry';
import type { Connection, Run, WireMessage } from '../../capture/run.ts';
import { isControl, isPreflight } from '../messages.ts';
import { type Crossing, crossingsOf } from './crossings.ts';
import { type Frame, type Ink, inkOf, railsOf, xOf } from './frame.ts';

export interface Point {
  x: number;
  y: number;
}

/** What crossed together: a line from rail to rail whose slope is the measured latency. */
export interface Stroke {
  key: string;
  message: string;
  direction: Direction;
  ink: Ink;
  /** The first bytes of an HTTP message are drawn thick, what follows thin. */
  head: boolean;
  /** Control frames and preflights are drawn dashed. */
  dashed: boolean;
  selected: boolean;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** Where a proxy had it and passed it on, px; `x2` null while it holds it. */
  via: { x1: number; x2: number | null; y: number } | null;
  state: 'arrived' | 'lost' | 'flying';
  /** Sideways shifts that keep it apart from its neighbours, px: where it begins, and behind the proxy. */
  shift: number;
  released: number;
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

export function layoutStrokes(frame: Frame, messages: readonly WireMessage[]): Stroke[] {
  const { run, from, to } = frame;
  const connections = connectionsOf(run.connections);
  const strokes = crossingsOf(run, messages, frame.boundary ?? 'messages')
    .map((crossing) => layoutCrossing(frame, crossing, connections.get(crossing.message.connection)))
    .filter(({ entered, until, state }) => {
      const lasts = state === 'flying' && run.live;
      return entered <= to && (until >= from || (lasts && run.end >= from));
    });
  fanOut(strokes);
  return strokes;
}

/** The points of a stroke in order; with a proxy the middle part is the time it was held. */
export function pointsOf({ x1, y1, x2, y2, via }: Stroke): Point[] {
  const first = { x: x1, y: y1 };
  if (!via) return [first, { x: x2, y: y2 }];
  const reached = { x: via.x1, y: via.y };
  return via.x2 === null
    ? [first, reached, { x: x2, y: via.y }]
    : [first, reached, { x: via.x2, y: via.y }, { x: x2, y: y2 }];
}

/** The height of a proxy's rail, px. */
export function proxyRail({ geometry }: Pick<Frame, 'geometry'>): number {
  return (geometry.yBrowser + geometry.yServer) / 2;
}

const known = new WeakMap<readonly Connection[], Map<number, Connection>>();

function connectionsOf(connections: readonly Connection[]): Map<number, Connection> {
  let made = known.get(connections);
  if (!made) known.set(connections, (made = new Map(connections.map((each) => [each.id, each]))));
  return made;
}

function layoutCrossing(frame: Frame, crossing: Crossing, connection: Connection | undefined): Stroke {
  const { run } = frame;
  const { message, entered, arrived, proxy, byProxy } = crossing;
  const latency = Math.max(run.conditions.latencyMs, 0.1) / (byProxy ? 2 : 1);
  const expected = proxy?.left != null ? proxy.left + latency / 2 : entered + latency;
  const silent = connection?.silentSince;
  // What was under way when the wire went silent never arrives, and nobody is told.
  const isLost = arrived === null && (message.lost || (silent !== undefined && expected > silent));
  const lostAt = Math.max(entered, Math.min(silent ?? Infinity, connection?.ended?.t ?? run.end));
  const yProxy = proxyRail(frame);
  const { y1, y2 } = { ...railsOf(frame, message), ...(byProxy && { y1: yProxy }) };
  // How far lost bytes had come is not known; by the delay it is at most nearly there.
  const way = isLost ? clamp((lostAt - entered) / (expected - entered), 0.06, 0.92) : 1;
  const isHeld = proxy !== undefined && proxy.left === null;
  const until = arrived ?? (isLost ? lostAt : expected);
  return {
    key: crossing.key,
    message: message.id,
    direction: message.direction,
    ink: byProxy ? 'proxy' : inkOf(message.direction),
    head: crossing.head,
    dashed: isControl(message) || isPreflight(run, message),
    selected: frame.selection?.message === message.id,
    x1: xOf(frame, entered),
    y1,
    x2: xOf(frame, isHeld ? Math.max(proxy.reached, isLost ? lostAt : proxy.reached) : until),
    y2: isHeld ? yProxy : y1 + (y2 - y1) * way,
    via: proxy
      ? {
          x1: xOf(frame, proxy.reached),
          x2: proxy.left === null ? null : xOf(frame, proxy.left),
          y: yProxy,
        }
      : null,
    state: arrived !== null ? 'arrived' : isLost ? 'lost' : 'flying',
    shift: 0,
    released: 0,
    entered,
    until,
  };
}

/**
 * Moves strokes apart that would lie closer than 4 px. A burst fans out from its moment; strokes that merely
 * follow closely move by a step at most, so that a dense stretch does not drift away from its times. A request
 * and its answer are kept apart only when both are steep: otherwise they form a V and meet at one point.
 */
function fanOut(strokes: Stroke[]): void {
  const fan = createFan();
  const release = createFan();
  for (const stroke of [...strokes].sort((a, b) => a.entered - b.entered)) {
    const { direction, x1, x2, via } = stroke;
    stroke.shift = fan(direction, x1, (via?.x1 ?? x2) - x1 < STEEP_PX);
    stroke.x1 += stroke.shift;
    if (!via) {
      stroke.x2 += stroke.shift;
      continue;
    }
    via.x1 += stroke.shift;
    if (via.x2 === null) continue;
    stroke.released = release(direction, via.x2, false);
    via.x2 += stroke.released;
    stroke.x2 += stroke.released;
  }
}

/** Says by how much the next stroke, in order of time, has to move. */
function createFan(): (direction: Direction, x: number, isSteep: boolean) => number {
  const last = { up: { x: -Infinity, burst: -Infinity }, down: { x: -Infinity, burst: -Infinity } };
  return (direction, x, isSteep) => {
    const [own, other] = [last[direction], last[direction === 'up' ? 'down' : 'up']];
    const before = isSteep ? Math.max(own.x, other.x) : own.x;
    const isBurst = x - own.burst < BURST_PX;
    if (!isBurst) own.burst = x;
    const shift =
      x - before < CLOSEST_PX ? Math.min(before + FAN_PX - x, isBurst ? MOST_SHIFT_PX : FAN_PX) : 0;
    own.x = Math.max(own.x, x + shift);
    return shift;
  };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Whether a run has seen a proxy on the wire, so that its rail is drawn. */
export function hasProxy(run: Run, strokes: readonly Stroke[]): boolean {
  return run.conditions.proxy !== 'direct' || strokes.some(({ via, ink }) => via !== null || ink === 'proxy');
}
