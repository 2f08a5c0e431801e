import { expect, test, vi } from 'vitest';
import { Channel, type KeptEvent } from './channel.ts';
import { KeptBudget } from './kept-budget.ts';
import { EVENT_BYTES, KEPT_BYTES } from './limits.ts';

const mark = (t: number) => ({ type: 'mark', t, name: `at ${t}` }) as const;

function collect(channel: Channel, after = 0): KeptEvent[] {
  const all: KeptEvent[] = [];
  channel.subscribe(after, (events) => all.push(...events));
  return all;
}

test('numbers events from 1 without holes, for early and late subscribers alike', async () => {
  const channel = new Channel();
  const early = collect(channel);
  for (let t = 0; t < 1200; t++) channel.emit(mark(t));
  const late = collect(channel);
  await vi.waitFor(() => expect(late).toHaveLength(1200));
  await vi.waitFor(() => expect(early).toHaveLength(1200));
  expect(early.map(({ seq }) => seq)).toEqual(Array.from({ length: 1200 }, (_, index) => index + 1));
  expect(late).toEqual(early);
});

test('goes on after the event a browser saw last', async () => {
  const channel = new Channel();
  for (const t of [1, 2, 3]) channel.emit(mark(t));
  const events = collect(channel, 2);
  await vi.waitFor(() => expect(events.map(({ seq }) => seq)).toEqual([3]));
});

test('says how much is missing when a browser asks for what is no longer kept', async () => {
  const channel = new Channel();
  const emitted = 1000;
  const name = 'x'.repeat((KEPT_BYTES / emitted) * 2);
  for (let t = 1; t <= emitted; t++) channel.emit({ type: 'mark', t, name });
  const events = collect(channel);
  await vi.waitFor(() => expect(events.at(-1)?.seq).toBe(emitted));
  const [gap, next] = events;
  if (gap?.type !== 'gap') throw new Error('the first event is no gap');
  expect(gap.from).toBe(1);
  expect(next!.seq).toBe(gap.seq + 1);
  expect(gap.events + events.length - 1).toBe(emitted);
  expect(gap.t).toBe(next!.t - 1);
});

test('bounds the recorded bytes it keeps', async () => {
  const channel = new Channel();
  const bytes = Buffer.alloc(KEPT_BYTES / 4);
  for (let offset = 0; offset < 10; offset++) {
    channel.emit({ type: 'bytes', t: offset, connection: 1, direction: 'up', offset, length: 1, bytes });
  }
  const events = collect(channel);
  await vi.waitFor(() => expect(events.at(-1)?.seq).toBe(10));
  expect(events[0]!.type).toBe('gap');
  expect(events.length - 1).toBeLessThanOrEqual(5);
});

test('makes room for all logs in the largest one', () => {
  const budget = new KeptBudget(10_000);
  const [small, large] = [new Channel(budget), new Channel(budget)];
  const emit = (channel: Channel, length: number): void =>
    channel.emit({
      type: 'bytes',
      t: 0,
      connection: 1,
      direction: 'up',
      offset: 0,
      length,
      bytes: Buffer.alloc(length),
    });
  emit(small, 1000);
  for (let count = 0; count < 50; count++) emit(large, 1000);
  expect(small.keptBytes).toBe(1000 + EVENT_BYTES);
  expect(budget.bytes).toBe(small.keptBytes + large.keptBytes);
  expect(budget.bytes).toBeLessThanOrEqual(10_000);
  large.close();
  expect(budget.bytes).toBe(small.keptBytes);
});
