import type { MessageList, WireMessage } from './run.ts';

/** What a message is called: bytes that no dissector claims are just bytes. */
export type MessageKind = 'request' | 'response' | 'chunk' | 'body' | 'frame' | 'bytes';

/**
 * The number by which a message is called everywhere ("Request 5", "Response 5"): its place among those of
 * its kind, from 1; a response has its request's. 0 when the message is not among `messages`.
 */
export function ordinalOf(messages: MessageList, message: WireMessage): number {
  const kind = kindOf(message);
  if (kind === 'response' && message.peer !== null) {
    const request = messages.get(message.peer);
    if (request) return ordinalOf(messages, request);
  }
  const place = messages.indexOf(message.id);
  return place < 0 ? 0 : messages.kindBefore(place + 1, kind);
}

export function kindOf({ record }: WireMessage): MessageKind {
  return record.kind;
}
