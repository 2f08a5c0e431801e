import { expect, it } from 'vitest';
import type { Run } from '../capture/run.ts';
import { denseRun, sseRun } from './fixtures/runs.ts';
import { WIRE_GEOMETRY } from './geometry.ts';
import type { Frame } from './layout/frame.ts';
import { TapeKeeper } from './tape-keeper.ts';

function frameOf(run: Run, more: Partial<Frame> = {}): Frame {
  const boundary = 'messages' as const;
  return {
    ...{ run, from: 0, to: 20_000, pxPerMs: 0.05, geometry: WIRE_GEOMETRY, selection: null, boundary },
    ...more,
  };
}

/** A keeper, and what it makes of a run at a moment, ms. */
function keeper() {
  let t = 0;
  const kept = new TapeKeeper(() => t);
  return (at: number, frame: Frame, moves = true) => {
    t = at;
    return kept.tapeOf(frame, moves);
  };
}

/** The same run with the next thing recorded. */
const next = (run: Run): Run => ({ ...run, end: run.end + 1 });
const live = (run: Run): Run => ({ ...run, live: true });

it('keeps a tape while nothing of it is another', () => {
  const tapeAt = keeper();
  const run = live(sseRun());
  const tape = tapeAt(0, frameOf(run));
  expect(tapeAt(1_000, frameOf(run))).toBe(tape);
  expect(tapeAt(1_001, frameOf(run, { selection: { message: 'c1-up-0' } }))).not.toBe(tape);
});

it('shows each stroke with the next frame, and bars that count ten times a second', () => {
  const strokes = keeper();
  const few = live(sseRun());
  const first = strokes(0, frameOf(few));
  expect(strokes(1, frameOf(next(few)))).not.toBe(first);

  const bars = keeper();
  const many = live(denseRun());
  const tape = bars(0, frameOf(many));
  expect(tape.density).not.toBeNull();
  expect(bars(99, frameOf(next(many)))).toBe(tape);
  const renewed = bars(100, frameOf(next(many)));
  expect(renewed).not.toBe(tape);
  expect(bars(150, frameOf(next(next(many)), { from: 1 }))).not.toBe(renewed);
});

it('leaves the frame four times as long for all else as what took long to lay out, and shows it all the same', () => {
  let t = 0;
  const kept = new TapeKeeper(() => (t += 10));
  const few = live(sseRun());
  const tape = kept.tapeOf(frameOf(few), true);
  t = 49;
  expect(kept.tapeOf(frameOf(next(few)), true)).toBe(tape);
  t = 50;
  const renewed = kept.tapeOf(frameOf(next(few)), true);
  expect(renewed).not.toBe(tape);
  expect(renewed.frame.run.end).toBe(few.end + 1);
});

it('shows what is there when no frame follows, and when the run is over', () => {
  const tapeAt = keeper();
  const many = live(denseRun());
  const tape = tapeAt(0, frameOf(many));
  const paused = tapeAt(1, frameOf(next(many)), false);
  expect(paused).not.toBe(tape);
  expect(tapeAt(2, frameOf({ ...next(many), live: false }))).not.toBe(paused);
});
