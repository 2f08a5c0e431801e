import type { Run, WireMessage } from '../capture/run.ts';
import { isHttpMessage } from '../dissect/records.ts';

/** The message of this id. */
export function messageOf(run: Run | null, id: string | null | undefined): WireMessage | null {
  if (!run || id === null || id === undefined) return null;
  return run.messages.get(id) ?? null;
}

/** What a message is, in the terms of its protocol: `GET /messages`, `200 OK`; `short` for tight places. */
export function titleOf(message: WireMessage): { long: string; short: string } {
  const { record } = message;
  if (!isHttpMessage(record)) {
    const text = `${sizeOf(message)} B`;
    return { long: text, short: text };
  }
  if ('method' in record.startLine) {
    const { method, target } = record.startLine;
    return { long: `${method} ${target}`, short: method };
  }
  const { status, reason } = record.startLine;
  return { long: reason ? `${status} ${reason}` : String(status), short: String(status) };
}

/** Bytes of a message that entered the wire. */
export function sizeOf(message: WireMessage): number {
  return message.segments.reduce((sum, segment) => sum + segment.end - segment.start, 0);
}

/** Request and response of the exchange a message is part of; null where one is not there (yet). */
export function exchangeOf(run: Run, message: WireMessage) {
  const peer = messageOf(run, message.peer);
  return message.direction === 'up'
    ? { request: message, response: peer }
    : { request: peer, response: message };
}

/** How long the server held a request: from its arrival to the first byte of its response, ms. */
export function heldFor(run: Run, message: WireMessage): number | null {
  if (message.direction !== 'up' || message.arrived === null) return null;
  const response = messageOf(run, message.peer);
  return response ? Math.max(0, response.sent - message.arrived) : null;
}

export type Step = 'previous' | 'next' | 'first' | 'last' | 'request' | 'response';

/** Where an arrow key leads from the selected message, in the order of the wire. */
export function neighbour(run: Run, from: string | null, step: Step): WireMessage | null {
  const { messages } = run;
  const current = messageOf(run, from);
  if (step === 'first') return messages.at(0) ?? null;
  if (step === 'last' || !current) return messages.at(-1) ?? null;
  if (step === 'request') return current.direction === 'down' ? messageOf(run, current.peer) : null;
  if (step === 'response') return current.direction === 'up' ? messageOf(run, current.peer) : null;
  const place = messages.indexOf(current.id) + (step === 'next' ? 1 : -1);
  return place < 0 ? null : (messages.at(place) ?? null);
}
