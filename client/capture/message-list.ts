import { contentsEndingIn } from './contents.ts';
import type { MessageList, WireMessage } from './run.ts';

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
