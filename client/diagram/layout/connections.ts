import type { Connection, LaneEvent, Run } from '../../capture/run.ts';
import { yOf } from '../geometry.ts';
import { messageOf } from '../messages.ts';
import { type Frame, isVisible, xOf } from './frame.ts';

/** An open TCP connection: a wash between the rails, on a lane of its own among those open beside it. */
export interface Wash {
  connection: number;
  label: string;
  lane: number;
  x: number;
  /** Where it ends at either rail, px; null while it is open. They differ by the last bytes' way. */
  end: { browser: number; server: number } | null;
  by: NonNullable<Connection['ended']>['by'] | null;
  /** From here on nothing arrives, and neither side is told; null when that did not happen. */
  silent: number | null;
  /** Where it began to speak another protocol than HTTP: neither side asks, neither answers. */
  switched: number | null;
  top: number;
  bottom: number;
  /** True when the followed message travels on it. */
  selected: boolean;
}

const lanes = new WeakMap<readonly Connection[], Map<number, number>>();
/** Each lane is inset from the rails by this much, so that concurrent connections nest. */
export const LANE_INSET_PX = 7;
const MOST_LANES_DRAWN = 5;

/** The lane of every connection: the lowest that is free when it opens. */
export function lanesOf(connections: readonly Connection[]): Map<number, number> {
  const known = lanes.get(connections);
  if (known) return known;
  const made = new Map<number, number>();
  const busyUntil: number[] = [];
  for (const connection of [...connections].sort((a, b) => a.opened - b.opened)) {
    const free = busyUntil.findIndex((until) => until <= connection.opened);
    const lane = free === -1 ? busyUntil.length : free;
    busyUntil[lane] = connection.ended?.t ?? Infinity;
    made.set(connection.id, lane);
  }
  lanes.set(connections, made);
  return made;
}

/**
 * When a connection is over at either rail. An orderly end follows the bytes before it, so the side that
 * did not end it sees the end no earlier than their arrival; a cut and a stop are seen by both at once.
 */
function endOf({ messages }: Run, connection: Connection): { browser: number; server: number } | null {
  const { ended } = connection;
  if (!ended) return null;
  const end = { browser: ended.t, server: ended.t };
  if (ended.by !== 'server' && ended.by !== 'browser') return end;
  const [far, direction] =
    ended.by === 'server' ? (['browser', 'down'] as const) : (['server', 'up'] as const);
  const last = messages.at(messages.lastOf(connection.id, messages.length, direction));
  const isLast = last?.connection === connection.id && last.direction === direction;
  return { ...end, [far]: Math.max(ended.t, isLast ? (last.arrived ?? 0) : 0) };
}

export function layoutWashes(frame: Frame): Wash[] {
  const { run, geometry } = frame;
  const lane = lanesOf(run.connections);
  const followed = messageOf(run, frame.selection?.message)?.connection;
  return run.connections.flatMap((connection) => {
    if (connection.opened > frame.to || (connection.ended?.t ?? Infinity) < frame.from - SLACK_MS) return [];
    const end = endOf(run, connection);
    if (!isVisible(frame, connection.opened, end && Math.max(end.browser, end.server))) return [];
    const own = lane.get(connection.id) ?? 0;
    const inset = Math.min(own, MOST_LANES_DRAWN) * LANE_INSET_PX;
    const { silentSince, switched } = connection;
    return [
      {
        connection: connection.id,
        label: `TCP ${connection.id}`,
        lane: own,
        x: xOf(frame, connection.opened),
        end: end && { browser: xOf(frame, end.browser), server: xOf(frame, end.server) },
        by: connection.ended?.by ?? null,
        silent: silentSince === undefined ? null : xOf(frame, silentSince),
        switched: switched ? xOf(frame, switched.t) : null,
        top: geometry.yBrowser + inset,
        bottom: (geometry.second?.y ?? geometry.yServer) - inset,
        selected: connection.id === followed,
      },
    ];
  });
}

/** An end is seen on the far rail this much later at most, ms. */
const SLACK_MS = 60_000;

/** The moment a connection switched to another protocol, as a double bar through both rails. */
export interface DoubleBar {
  x: number;
  text: string;
}

const SWITCHING = '101 Switching Protocols';
/** Bars closer than this share their words, which stand behind the last one. */
const WORDS_PX = 180;

export function layoutSwitches(frame: Frame): DoubleBar[] {
  const bars = frame.run.connections.flatMap(({ switched }) =>
    switched && isVisible(frame, switched.t, switched.t)
      ? [{ x: Math.round(xOf(frame, switched.t)) + 2, text: SWITCHING }]
      : [],
  );
  bars.sort((a, b) => a.x - b.x);
  return bars.map((bar, index) => {
    const next = bars[index + 1];
    return next && next.x - bar.x < WORDS_PX ? { ...bar, text: '' } : bar;
  });
}

/** A call of the page that waits for a connection to be free: an open bar on the browser's rail. */
export interface WaitingBar {
  key: string;
  x1: number;
  /** Null while it waits. */
  x2: number | null;
  y: number;
}

/** Browsers open at most six connections per origin under HTTP/1.1. */
const MOST_CONNECTIONS = 6;
/** A call becomes a request within this time when it need not wait, ms. */
const AT_ONCE_MS = 25;

export function layoutWaiting(frame: Frame, calls: readonly LaneEvent[]): WaitingBar[] {
  const { run, geometry } = frame;
  const bars: WaitingBar[] = [];
  for (const { id, t, kind, message, page } of calls) {
    if (kind !== 'call') continue;
    const request = messageOf(run, message);
    const until = request?.direction === 'up' ? request.sent : null;
    if ((until ?? run.end) - t < AT_ONCE_MS + Math.min(run.clock.errorMs, AT_ONCE_MS)) continue;
    if ((until === null && !run.live) || openAt(run, until ?? run.end) < MOST_CONNECTIONS) continue;
    const [x1, x2] = [xOf(frame, t), until === null ? null : xOf(frame, until)];
    bars.push({ key: id, x1, x2, y: yOf(geometry, 'browser', page) });
  }
  return bars;
}

function openAt({ connections }: Run, t: number): number {
  return connections.filter(({ opened, ended }) => opened <= t && (ended?.t ?? Infinity) > t).length;
}
