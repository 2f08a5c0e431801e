import { speakerOf } from '../../capture/index.ts';
import { isHttpMessage } from '../../dissect/records.ts';
import type { Connection, Run, WireMessage } from '../../capture/run.ts';
import { messageOf } from '../messages.ts';
import { LANE_INSET_PX, lanesOf } from './connections.ts';
import { type Frame, isVisible, xOf } from './frame.ts';
import type { Range } from './range.ts';

/** A request that the server holds: a bar on the server rail. `x2` null while it is held. */
export interface HeldBar {
  key: string;
  x1: number;
  x2: number | null;
  y: number;
}

/** Shorter ones are not seen. */
const SHORTEST_PX = 1;
const MOST_LANES = 3;

/** Bars from a request's arrival until its response is sent: to the last byte, when it comes in pieces. */
export function layoutHeld(frame: Frame, range: Range, messages: readonly WireMessage[]): HeldBar[] {
  const { run, geometry } = frame;
  const lane = lanesOf(run.connections);
  const requests = new Map<string, { request: WireMessage; connection: Connection }>();
  for (const connection of run.connections) {
    if (!isVisible(frame, connection.opened, connection.ended?.t ?? null)) continue;
    const candidates = [
      requestBefore(run, connection, range.first),
      requestBefore(run, connection, range.end),
    ];
    for (const request of candidates) if (request) requests.set(request.id, { request, connection });
  }
  const connections = new Map(run.connections.map((each) => [each.id, each]));
  for (const request of messages) {
    const connection = connections.get(request.connection);
    if (request.record.kind === 'request' && connection) requests.set(request.id, { request, connection });
  }
  const bars = [...requests.values()].flatMap(({ request, connection }): HeldBar[] => {
    if (request.arrived === null) return [];
    const until = heldUntil(run, request, connection);
    if (!isVisible(frame, request.arrived, until)) return [];
    const x1 = xOf(frame, request.arrived);
    const x2 = until === null ? null : xOf(frame, until);
    if (x2 !== null && x2 - x1 < SHORTEST_PX) return [];
    const y = geometry.yServer - Math.min(lane.get(connection.id) ?? 0, MOST_LANES) * LANE_INSET_PX;
    return [{ key: request.id, x1, x2, y }];
  });
  return bars.sort((a, b) => a.x1 - b.x1);
}

/** The request whose exchange a connection was busy with, before the message at `index`. */
function requestBefore({ messages }: Run, { id }: Connection, index: number): WireMessage | null {
  const place = messages.lastOf(id, index);
  if (place < 0) return null;
  const last = messages.at(place)!;
  const head = last.part === null ? last : messages.get(last.part);
  if (!head || head.record.kind === 'request') return head ?? null;
  return head.record.kind === 'response' && head.peer !== null ? (messages.get(head.peer) ?? null) : null;
}

/** When the response's last byte was sent; null while it may go on. */
function heldUntil(run: Run, request: WireMessage, connection: Connection): number | null {
  const over = connection.ended?.t ?? null;
  const response = messageOf(run, request.peer);
  if (!response?.record.complete || !isHttpMessage(response.record)) return over;
  // The server knows nothing of this answer: it goes on until it learns that nobody waits.
  if (speakerOf(response) === 'proxy') return over;
  const { framing } = response.record.body;
  if (framing === 'until-close') return over;
  if (framing === 'chunked') {
    const last = lastPart(run, response);
    const isOver = last.record.kind === 'chunk' && last.record.last && last.record.complete;
    return isOver ? lastByte(last) : over;
  }
  return lastByte(response);
}

function lastByte({ segments, sent }: WireMessage): number {
  return segments.at(-1)?.entered ?? sent;
}

/** The last message that is part of a response: parts follow each other on their connection. */
function lastPart({ messages }: Run, response: WireMessage): WireMessage {
  const { connection, id } = response;
  const partBefore = (index: number): WireMessage | null => {
    const found = messages.at(messages.lastOf(connection, index, 'down'));
    return found && (found.part === id || found.id === id) ? found : null;
  };
  const newest = partBefore(messages.length);
  if (newest) return newest;
  let best = response;
  let low = messages.indexOf(id) + 1;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const part = partBefore(middle);
    if (part) {
      best = part;
      low = middle;
    } else high = middle - 1;
  }
  return best;
}
