import type { WireMessage } from './run.ts';

/**
 * The number by which a message is called everywhere ("Request 5", "Response 5"): its place among those of
 * its kind, from 1; a response has its request's. 0 when the message is not among `messages`.
 */
export function ordinalOf(messages: readonly WireMessage[], message: WireMessage): number {
  const kind = kindOf(message);
  if (kind === 'response' && message.peer !== null) {
    const request = messages.find(({ id }) => id === message.peer);
    if (request) return ordinalOf(messages, request);
  }
  const place = messages.findIndex(({ id }) => id === message.id);
  return messages.slice(0, place + 1).filter((each) => kindOf(each) === kind).length;
}

/** What a message is called: bytes that no dissector claims are just bytes. */
export function kindOf({ record }: WireMessage): 'request' | 'response' | 'bytes' {
  return record.protocol === 'opaque' ? 'bytes' : record.kind;
}
