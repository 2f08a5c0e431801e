import { contentsEndingIn } from './contents.ts';
import type { HttpMessage } from './exchanges.ts';
import type { LaneEvent, LaneList, MessageList, RunTotals, WireMessage } from './run.ts';
import { isDeliverable, Totals } from './totals.ts';

/** A list over messages in order of `sent`; `messages` must not change any more. */
export function messageList(messages: readonly WireMessage[]): MessageList {
  let places: Map<string, number> | null = null;
  let longest: number | null = null;
  const placeOf = (id: string): number => {
    places ??= new Map(messages.map((message, index) => [message.id, index]));
    return places.get(id) ?? -1;
  };
  return {
    get length() {
      return messages.length;
    },
    get longestMs() {
      return (longest ??= messages.reduce(
        (most, { sent, arrived }) => Math.max(most, (arrived ?? sent) - sent),
        0,
      ));
    },
    at: (index) => messages.at(index),
    get: (id) => messages[placeOf(id)],
    indexOf: placeOf,
    indexAt(t) {
      let low = 0;
      let high = messages.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (messages[middle]!.sent < t) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    between: (from, to) =>
      [...messages.keys()].filter((index) => {
        const { sent, arrived } = messages[index]!;
        return sent < to && (arrived ?? Infinity) >= from;
      }),
    kindBefore: (before, kind) =>
      messages.slice(0, Math.max(0, before)).filter(({ record }) => record.kind === kind).length,
    lastOf(connection, before, direction) {
      for (let index = Math.min(before, messages.length) - 1; index >= 0; index--) {
        const message = messages[index]!;
        const isOne = direction === undefined || message.direction === direction;
        if (isOne && message.connection === connection) return index;
      }
      return -1;
    },
    countOf: (direction, from, to) =>
      messages.slice(from, to).filter((message) => message.direction === direction).length,
    contentsBefore: (before, direction) =>
      messages
        .slice(0, before)
        .filter((message) => message.direction === direction)
        .reduce((sum, message) => sum + contentsEndingIn(message).length, 0),
    slice: (from, to) => messages.slice(from, to),
    [Symbol.iterator]: () => messages[Symbol.iterator](),
  };
}

export const NO_MESSAGES = messageList([]);

/** A lane of words in order of time; `words` must not change any more. */
export function laneList(words: readonly LaneEvent[]): LaneList {
  return {
    length: words.length,
    lastThrown: words.findLast(({ kind }) => kind === 'thrown') ?? null,
    at: (index) => words.at(index),
    indexAt(t) {
      const index = words.findIndex((word) => word.t >= t);
      return index < 0 ? words.length : index;
    },
    slice: (from, to) => words.slice(from, to),
    badOf: (from, to) => words.slice(from, to).filter(({ bad }) => bad),
    [Symbol.iterator]: () => words[Symbol.iterator](),
  };
}

export const NO_WORDS = laneList([]);

/** What `Totals` counts while a run is recorded, counted of messages that are there. */
export function totalsOf(messages: readonly WireMessage[]): RunTotals {
  const totals = new Totals();
  const heads = new Map<string, HttpMessage>();
  const calls = new Map(messages.map(({ id, call }) => [id, call]));
  for (const message of messages) {
    const { direction, record, sent, arrived, handled, peer, part, call } = message;
    for (const { start, end } of message.segments) totals.entered(direction, end - start);
    totals.record(record, null);
    if (record.kind === 'response' && record.complete) totals.answered(record);
    if (arrived !== null) totals.arrived(direction);
    if (direction === 'up' || !record.complete || !isDeliverable(record)) continue;
    const head = heads.get(part ?? message.id) ?? ({} as HttpMessage);
    heads.set(part ?? message.id, head);
    if ((call ?? calls.get(peer ?? '') ?? null) !== null) totals.called(head);
    totals.deliverable(head);
    if (handled !== null) totals.delivered(handled - sent);
  }
  return totals.snapshot;
}
