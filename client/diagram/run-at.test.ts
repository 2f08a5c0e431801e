import { describe, expect, it } from 'vitest';
import { bufferingProxyRun, sseRun, webSocketRun } from './fixtures/runs.ts';
import { momentsAround } from './replay.ts';
import { runAt } from './run-at.ts';

describe('a run as of a moment', () => {
  const run = sseRun(6_120, false);

  it('knows nothing of what came later', () => {
    const then = runAt(run, 3_050);
    expect([...then.messages].map(({ sent }) => sent)).toEqual([0, 210, 1_000, 2_000, 3_000]);
    expect([...then.jsEvents].map(({ text }) => text)).toEqual(['new EventSource', 'open']);
    expect(then.connections).toHaveLength(1);
    expect(then.connections[0]!.ended).toBeUndefined();
  });

  it('has on its way what was on its way, also what was lost in the end', () => {
    const third = [...runAt(run, 3_050).messages].at(-1)!;
    expect(third).toMatchObject({ arrived: null, lost: false });
    expect(run.messages.get(third.id)!.lost).toBe(true);
  });

  it('has handled what was handled by then', () => {
    const handled = runAt(run, 1_500).deliveries.map(({ label, handled: t }) => [label, t]);
    expect(handled).toEqual([['1', 1_201]]);
  });

  it('is the run itself at its end', () => {
    expect(runAt(run, run.end)).toBe(run);
  });

  it('has at the proxy what the proxy held then', () => {
    const then = runAt(bufferingProxyRun(6_300, false), 2_500);
    expect(then.messages.at(-1)!.segments[0]!.proxy).toEqual({ reached: 2_100, left: null });
  });

  it('counts and finds no further than it goes', () => {
    const { messages } = runAt(webSocketRun(6_000, false), 1_300);
    expect(messages.length).toBe(6);
    expect(messages.at(-1)!.sent).toBe(1_240);
    expect(messages.indexAt(5_000)).toBe(6);
    expect(messages.countOf('up', 0, 100)).toBe(4);
    expect(messages.between(0, 9_000)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(messages.slice(-2).map(({ sent }) => sent)).toEqual([1_020, 1_240]);
  });

  it('is stepped through by the moments at which bytes went in and came out', () => {
    expect(momentsAround(run, 1_000).filter((t) => t > 400 && t < 2_100)).toEqual([410, 1_000, 1_200, 2_000]);
  });
});
