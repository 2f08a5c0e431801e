import type { Run, WireMessage } from '../capture/run.ts';
import { messageOf } from './messages.ts';

export type Step = 'previous' | 'next' | 'first' | 'last' | 'out' | 'in';

/**
 * Where an arrow key leads from the followed message. Left and right go along the wire. Up (`out`) goes from a
 * chunk to its message, from a response to its request; down (`in`) the other way, to the first chunk. A pong
 * belongs to its ping as a response to its request.
 */
export function neighbour(run: Run, from: string | null, step: Step): WireMessage | null {
  const { messages } = run;
  const current = messageOf(run, from);
  if (step === 'first') return messages.at(0) ?? null;
  if (step === 'last' || !current) return messages.at(-1) ?? null;
  const peer = messageOf(run, current.peer);
  const place = messages.indexOf(current.id);
  const isFirst = peer !== null && messages.indexOf(peer.id) > place;
  if (step === 'out') return messageOf(run, current.part) ?? (isFirst ? null : peer);
  if (step === 'in') return isFirst ? peer : firstPart(run, current, place);
  const next = place + (step === 'next' ? 1 : -1);
  return next < 0 ? null : (messages.at(next) ?? null);
}

/** Chunks of a message come before anything else on their connection; other connections may come between. */
const MOST_BETWEEN = 2_000;

function firstPart(run: Run, { id, record }: WireMessage, place: number): WireMessage | null {
  if (record.kind !== 'response' && record.kind !== 'request') return null;
  return run.messages.slice(place + 1, place + 1 + MOST_BETWEEN).find(({ part }) => part === id) ?? null;
}
