import { expect, test, vi } from 'vitest';
import { Channel } from './channel.ts';
import { KEPT_EVENTS } from './limits.ts';
import type { TelemetryEvent } from './protocol.ts';

const mark = (t: number) => ({ type: 'mark', t, name: `at ${t}` }) as const;

function collect(channel: Channel, after = 0): TelemetryEvent[] {
  const all: TelemetryEvent[] = [];
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
  const emitted = KEPT_EVENTS * 2;
  for (let t = 1; t <= emitted; t++) channel.emit(mark(t));
  const events = collect(channel);
  await vi.waitFor(() => expect(events.at(-1)?.seq).toBe(emitted), { timeout: 15_000 });
  const [gap, next] = events;
  if (gap?.type !== 'gap') throw new Error('the first event is no gap');
  expect(gap.from).toBe(1);
  expect(next!.seq).toBe(gap.seq + 1);
  expect(gap.events + events.length - 1).toBe(emitted);
  expect(gap.t).toBe(next!.t - 1);
});

test('bounds the recorded bytes it keeps', async () => {
  const channel = new Channel();
  const base64 = 'A'.repeat(4 * 1024 * 1024);
  for (let offset = 0; offset < 10; offset++) {
    channel.emit({ type: 'bytes', t: offset, connection: 1, direction: 'up', offset, length: 1, base64 });
  }
  const events = collect(channel);
  await vi.waitFor(() => expect(events.at(-1)?.seq).toBe(10));
  expect(events[0]!.type).toBe('gap');
  expect(events.length - 1).toBeLessThanOrEqual(5);
});
