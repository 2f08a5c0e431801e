import type { Connection, Run } from '../../capture/run.ts';
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
  top: number;
  bottom: number;
  /** True when the followed message travels on it. */
  selected: boolean;
}

/** A request that the server holds: a bar on the server rail. `x2` null while it is held. */
export interface HeldBar {
  key: string;
  x1: number;
  x2: number | null;
  y: number;
}

const lanes = new WeakMap<readonly Connection[], Map<number, number>>();
/** Each lane is inset from the rails by this much, so that concurrent connections nest. */
const LANE_INSET_PX = 7;
const MOST_LANES_DRAWN = 5;

/** The lane of every connection: the lowest that is free when it opens. */
function lanesOf(connections: readonly Connection[]): Map<number, number> {
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
function endOf(run: Run, connection: Connection): { browser: number; server: number } | null {
  const { ended } = connection;
  if (!ended) return null;
  const end = { browser: ended.t, server: ended.t };
  if (ended.by === 'cut' || ended.by === 'stop') return end;
  const far = ended.by === 'server' ? 'browser' : 'server';
  const direction = ended.by === 'server' ? 'down' : 'up';
  const last = [...run.messages].findLast(
    (message) => message.connection === connection.id && message.direction === direction,
  );
  return { ...end, [far]: Math.max(ended.t, last?.arrived ?? 0) };
}

export function layoutWashes(frame: Frame): Wash[] {
  const { run, geometry } = frame;
  const lane = lanesOf(run.connections);
  const followed = messageOf(run, frame.selection?.message)?.connection;
  return run.connections.flatMap((connection) => {
    const end = endOf(run, connection);
    if (!isVisible(frame, connection.opened, end && Math.max(end.browser, end.server))) return [];
    const own = lane.get(connection.id) ?? 0;
    const inset = Math.min(own, MOST_LANES_DRAWN) * LANE_INSET_PX;
    return [
      {
        connection: connection.id,
        label: `TCP ${connection.id}`,
        lane: own,
        x: xOf(frame, connection.opened),
        end: end && { browser: xOf(frame, end.browser), server: xOf(frame, end.server) },
        by: connection.ended?.by ?? null,
        top: geometry.yBrowser + inset,
        bottom: geometry.yServer - inset,
        selected: connection.id === followed,
      },
    ];
  });
}

/** Bars from a request's arrival until its response is sent, to the last byte when it comes in pieces. */
export function layoutHeld(frame: Frame): HeldBar[] {
  const { run, geometry } = frame;
  const lane = lanesOf(run.connections);
  const ends = new Map(run.connections.map((connection) => [connection.id, connection.ended?.t ?? null]));
  const bars: HeldBar[] = [];
  for (const message of run.messages) {
    if (message.direction !== 'up' || message.arrived === null) continue;
    const response = messageOf(run, message.peer);
    const over = ends.get(message.connection) ?? null;
    const sent = response?.record.complete ? (response.segments.at(-1)?.entered ?? response.sent) : over;
    if (!isVisible(frame, message.arrived, sent)) continue;
    const x1 = xOf(frame, message.arrived);
    const x2 = sent === null ? null : xOf(frame, sent);
    if (x2 !== null && x2 - x1 < 1) continue;
    bars.push({ key: message.id, x1, x2, y: geometry.yServer - (lane.get(message.connection) ?? 0) * 7 });
  }
  return bars;
}
