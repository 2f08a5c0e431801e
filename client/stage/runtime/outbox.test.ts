import { describe, expect, it, vi } from 'vitest';
import type { PageEvent, PostedPageMessage } from '../protocol.ts';
import { createOutbox } from './outbox.ts';

const APP = 'http://localhost:3000';
const mark = (t: number): PageEvent => ({ type: 'mark', t, name: 'a' });

function outbox() {
  let tasks: (() => void)[] = [];
  const delayed: [() => void, number][] = [];
  const target = { postMessage: vi.fn() };
  const box = createOutbox({
    run: 3,
    app: APP,
    target,
    tasks: { next: (work) => tasks.push(work), handed: () => undefined, call: undefined },
    later: (work, ms) => delayed.push([work, ms]),
  });
  return {
    endDelay() {
      for (const [work, ms] of delayed.splice(0)) {
        expect(ms).toBeLessThan(20);
        work();
      }
    },
    box,
    endTask() {
      const due = tasks;
      tasks = [];
      for (const task of due) task();
    },
    posted: () =>
      target.postMessage.mock.calls.map(([message]) => {
        const { events } = message as PostedPageMessage;
        return typeof events === 'string' ? (JSON.parse(events) as PageEvent[]) : events;
      }),
    target,
  };
}

describe('the outbox', () => {
  it('posts the events of one task together, to the app only', () => {
    const { box, endTask, posted, target } = outbox();
    box.emit(mark(1));
    box.emit(mark(2));
    expect(posted()).toEqual([]);
    endTask();
    box.emit(mark(3));
    endTask();
    expect(posted()).toEqual([[mark(1), mark(2)], [mark(3)]]);
    expect(target.postMessage.mock.calls[0]).toEqual([expect.objectContaining({ run: 3 }), APP]);
  });

  it('lets an event be completed until its task ends', () => {
    const { box, endTask, posted } = outbox();
    const event = box.emit({ ...mark(1) });
    event.t = 7;
    endTask();
    expect(posted()).toEqual([[mark(7)]]);
  });

  it('gathers the events of several tasks when there are many tasks', () => {
    const { box, endTask, endDelay, posted } = outbox();
    for (let n = 0; n < 160; n++) {
      box.emit(mark(n));
      endTask();
    }
    expect(posted()).toHaveLength(60);
    endDelay();
    expect(posted()).toHaveLength(61);
    expect(posted().flat()).toHaveLength(160);
    box.emit(mark(1000));
    endTask();
    expect(posted()).toHaveLength(62);
  });

  it('posts events as they are when the page has changed what JSON is', () => {
    const { box, target } = outbox();
    Object.defineProperty(Array.prototype, 'toJSON', { value: () => 'mine', configurable: true });
    try {
      box.emit(mark(1));
      box.flush();
    } finally {
      Reflect.deleteProperty(Array.prototype, 'toJSON');
    }
    expect(target.postMessage.mock.calls[0]![0]).toMatchObject({ events: [mark(1)] });
  });

  it('posts no more at once than crosses to the app’s process for nothing', () => {
    const { box, endTask, posted, target } = outbox();
    const long = (t: number, length: number): PageEvent => ({ type: 'mark', t, name: '消'.repeat(length) });
    const events = [...Array.from({ length: 75 }, (_, t) => long(t, 200)), long(75, 10_000), mark(76)];
    for (const event of events) box.emit(event);
    endTask();
    expect(posted().flat()).toEqual(events);
    const lengths = target.postMessage.mock.calls.map(
      ([message]) => (message as { events: string }).events.length,
    );
    expect(lengths.filter((length) => 2 * length > 15 * 1024)).toHaveLength(1);
    expect(lengths).toHaveLength(5);
  });

  it('posts at once when asked', () => {
    const { box, endTask, posted } = outbox();
    box.emit(mark(1));
    box.flush();
    endTask();
    expect(posted()).toEqual([[mark(1)]]);
  });

  it('counts what is more than anyone can record', () => {
    const { box, endTask, posted } = outbox();
    for (let n = 0; n < 22_000; n++) box.emit(mark(0));
    endTask();
    box.emit(mark(1));
    endTask();
    const events = posted().flat();
    expect(events.filter(({ type }) => type === 'mark')).toHaveLength(20_001);
    expect(events.filter(({ type }) => type === 'dropped')).toEqual([
      { type: 'dropped', from: 0, t: 0, events: 2000 },
    ]);
    expect(Math.max(...posted().map(({ length }) => length))).toBeLessThanOrEqual(501);
  });

  it('records what a server that was held up sends all at once', () => {
    const { box, endTask, posted } = outbox();
    for (let n = 0; n < 4_000; n++) box.emit(mark(n));
    for (let n = 0; n < 16_000; n++) box.emit(mark(4_000 + n / 40));
    endTask();
    expect(
      posted()
        .flat()
        .filter(({ type }) => type !== 'mark'),
    ).toEqual([]);
  });

  it('records no more than five events a millisecond in the long run', () => {
    const { box, endTask, posted } = outbox();
    for (let n = 0; n < 100_000; n++) box.emit(mark(n / 10));
    endTask();
    const told = posted()
      .flat()
      .filter(({ type }) => type === 'mark').length;
    expect(told).toBe(20_000 + 50_000 - 1);
  });

  it('never holds back an answer to a ping', () => {
    const { box, posted } = outbox();
    for (let n = 0; n < 21_000; n++) box.emit(mark(0));
    box.emit({ type: 'pong', t: 0, id: 4 });
    box.flush();
    expect(posted().flat().at(-2)).toEqual({ type: 'pong', t: 0, id: 4 });
  });

  it('says nothing when the page is not in a frame', () => {
    const box = createOutbox({
      run: 1,
      app: APP,
      target: null,
      later: (work) => work(),
      tasks: { next: (work) => work(), handed: () => undefined, call: undefined },
    });
    expect(() => box.emit(mark(1))).not.toThrow();
  });
});
