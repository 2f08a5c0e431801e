import { expect, test } from 'vitest';
import { pollingRun } from '../diagram/fixtures/polling-run.ts';
import { messageList } from './message-list.ts';

const messages = [...pollingRun().messages];
const list = messageList(messages);

test('finds a message by its id, and its place', () => {
  const third = messages[2]!;
  expect(list.get(third.id)).toBe(third);
  expect(list.indexOf(third.id)).toBe(2);
  expect(list.indexOf('c9-up-9')).toBe(-1);
  expect(list.get('c9-up-9')).toBeUndefined();
});

test('finds the first message sent at or after a time', () => {
  const third = messages[2]!;
  expect(list.indexAt(-1)).toBe(0);
  expect(list.indexAt(third.sent)).toBe(2);
  expect(list.indexAt(third.sent + 0.001)).toBe(3);
  expect(list.indexAt(Infinity)).toBe(messages.length);
});

test('tells how long the slowest message was under way', () => {
  const ways = messages.flatMap(({ sent, arrived }) => (arrived === null ? [] : [arrived - sent]));
  expect(list.longestMs).toBe(Math.max(...ways));
});
