import { describe, expect, it } from 'vitest';
import { messageList } from '../capture/index.ts';
import type { Run, WireMessage } from '../capture/run.ts';
import type { ContentRecord } from '../dissect/records.ts';
import { carriersOf } from './carriers.ts';

/** Messages of one direction, each of ten bytes; two of the other one between them. */
const messages = [0, 1, 2, 3, 4]
  .flatMap((index) => [
    { id: `c1-down-${index}`, direction: 'down', record: { start: 10 * index, end: 10 * index + 10 } },
    { id: `c1-up-${index}`, direction: 'up', record: { start: 10 * index, end: 10 * index + 10 } },
  ])
  .map((each) => each as WireMessage);
const run = { messages: messageList(messages) } as Run;

function carriers(id: string, ...ranges: [number, number][]) {
  const content = { ranges: ranges.map(([start, end]) => ({ start, end })) } as ContentRecord;
  const found = carriersOf(run, run.messages.get(id)!, content);
  return [found.messages.map((each) => each.id).join(' '), found.place];
}

describe('what carries a content', () => {
  it('are the messages of the same direction that have bytes of it', () => {
    expect(carriers('c1-down-2', [15, 35])).toEqual(['c1-down-1 c1-down-2 c1-down-3', 1]);
    expect(carriers('c1-down-0', [2, 8])).toEqual(['c1-down-0', 0]);
  });

  it('leaves out control frames between the frames of a message', () => {
    expect(carriers('c1-down-3', [0, 10], [30, 40])).toEqual(['c1-down-0 c1-down-3', 1]);
  });
});
