/**
 * Which request, which answer and which call of the handler belong together: on one connection they
 * come in the same order (RFC 9112 §9.3.2).
 */
import { isHttpMessage } from '../dissect/records.ts';
import {
  exchangeAt,
  type ConnectionTrack,
  type Exchange,
  type MessageTrack,
  type RequestMoment,
} from './connections.ts';

/** Finds the place of a message whose start line is known; null when it has none. */
export function joinExchange(track: ConnectionTrack, message: MessageTrack): Exchange | null {
  const { record } = message;
  if (track.broken || !isHttpMessage(record)) return null;
  if (record.kind === 'request') {
    const exchange = exchangeAt(track, track.requests++);
    exchange.request = message;
    return exchange;
  }
  // Interim responses announce, they do not answer; 101 does (RFC 9110 §15.2).
  if (!('status' in record.startLine) || isInterim(record.startLine.status)) return null;
  const exchange = exchangeAt(track, track.responses++);
  exchange.response = message;
  return exchange;
}

/** The server code was handed the next request of this connection. */
export function joinMoment(track: ConnectionTrack, moment: RequestMoment): Exchange | null {
  if (track.broken) return null;
  const exchange = exchangeAt(track, track.moments++);
  exchange.moment = moment;
  return exchange;
}

function isInterim(status: number): boolean {
  return status >= 100 && status < 200 && status !== 101;
}
