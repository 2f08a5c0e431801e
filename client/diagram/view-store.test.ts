import { beforeEach, describe, expect, it } from 'vitest';
import { pollingRun } from './fixtures/polling-run.ts';
import { newSince, PLAYHEAD_PART, useTimeline, viewAt } from './view-store.ts';

const timeline = () => useTimeline.getState();
const view = (now: number) => viewAt(timeline(), now);

beforeEach(() => {
  useTimeline.setState(useTimeline.getInitialState(), true);
  timeline().setWidth(858);
});

describe('following', () => {
  it('starts just before 0 and moves the tape once the playhead is at 86 % of the width', () => {
    expect(view(0).start).toBeCloseTo(-119);
    expect(view(3_000).start).toBeCloseTo(-119);
    const { start, span } = view(60_000);
    expect((60_000 - start) / span).toBeCloseTo(PLAYHEAD_PART);
  });

  it('jumps by half a window for readers who asked for less motion', () => {
    const starts = [20_000, 20_100, 20_200].map((now) => viewAt({ ...timeline(), jumps: true }, now).start);
    expect(new Set(starts).size).toBe(1);
    expect(((starts[0]! + 119) / 3_500) % 1).toBeCloseTo(0);
  });

  it('ends with a pan, from where the window was', () => {
    timeline().pan(-500, 60_000);
    expect(timeline().follow).toBe(false);
    expect(view(61_000).start).toBeCloseTo(60_000 - 7_000 * PLAYHEAD_PART - 500);
  });

  it('returns on request and lets a paused picture go on', () => {
    timeline().setPaused({ run: pollingRun(), now: 5_000 });
    timeline().setFollow(false, 5_000);
    timeline().setFollow(true, 9_000);
    expect(timeline()).toMatchObject({ follow: true, paused: null });
  });

  it('begins anew with another run, at the zoom that was chosen', () => {
    timeline().zoom('in', 0);
    timeline().pan(-100, 9_000);
    timeline().showRun(2);
    expect(timeline()).toMatchObject({ follow: true, paused: null, span: 5_000 });
    timeline().pan(-100, 9_000);
    timeline().showRun(2);
    expect(timeline().follow).toBe(false);
  });
});

describe('the zoom', () => {
  it('steps by 1-2-5 from 20 ms to 10 min', () => {
    const spans = [];
    for (let n = 0; n < 12; n++) {
      timeline().zoom('in', 0);
      spans.push(timeline().span);
    }
    expect(spans).toEqual([5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 20, 20, 20, 20]);
    for (let n = 0; n < 20; n++) timeline().zoom('out', 0);
    expect(timeline().span).toBe(600_000);
  });

  it('keeps the time under the pointer where it is', () => {
    timeline().setFollow(false, 60_000);
    timeline().pan(0, 60_000);
    const before = view(60_000);
    const anchor = before.start + before.span * 0.25;
    timeline().zoom('in', 60_000, anchor);
    const after = view(60_000);
    expect((anchor - after.start) / after.span).toBeCloseTo(0.25);
  });

  it('keeps the playhead where it is while following', () => {
    timeline().zoom('out', 60_000, 1_000);
    const { start, span } = view(60_000);
    expect((60_000 - start) / span).toBeCloseTo(PLAYHEAD_PART);
  });

  it('fits the run into the window', () => {
    timeline().fit(40_000);
    const { start, span } = view(40_000);
    expect(start).toBeLessThan(0);
    expect(start + span).toBeGreaterThan(40_000);
    expect(span).toBeLessThan(46_000);
  });

  it('starts on a phone with a shorter window instead of a denser one', () => {
    useTimeline.setState(useTimeline.getInitialState(), true);
    timeline().setWidth(390);
    expect(390 / timeline().span).toBeCloseTo(0.09);
  });
});

describe('revealing', () => {
  it('leaves the window alone for what is in sight, and stops it from moving on', () => {
    const before = view(60_000).start;
    timeline().reveal(58_000, 58_300, 60_000, false);
    expect(timeline()).toMatchObject({ follow: false, start: before });
  });

  it('goes on following with the newest', () => {
    timeline().reveal(59_900, 60_000, 60_000, true);
    expect(timeline().follow).toBe(true);
  });

  it('leaves the playhead for a newest that came long ago', () => {
    timeline().reveal(20_000, 20_300, 60_000, true);
    const { start, span } = view(60_000);
    expect(start + span / 2).toBeCloseTo(20_150);
  });

  it('brings what is out of sight to the middle', () => {
    timeline().reveal(20_000, 20_300, 60_000, false);
    const { start, span } = view(60_000);
    expect(start + span / 2).toBeCloseTo(20_150);
  });
});

describe('revealing the start', () => {
  it('shows no more of the time before 0 than following does', () => {
    timeline().reveal(10, 310, 60_000, false);
    expect(view(60_000).start).toBeCloseTo(-119);
  });
});

describe('a paused picture', () => {
  it('counts the events it does not show', () => {
    const before = pollingRun({ end: 3_900 });
    expect(newSince(before, pollingRun({ end: 4_200 }))).toBe(4);
    expect(newSince(before, before)).toBe(0);
    expect(newSince(before, null)).toBe(0);
  });
});
