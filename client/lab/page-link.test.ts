import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageCommand, PageEvent } from '../stage/protocol.ts';
import { createPageLink } from './page-link.ts';

/** The page's clock began this much before the app's, ms. */
const PAGE_AHEAD = 300;
const LAB_CLOCK = { estimate: { offset: 5000, errorMs: 0.5 }, settled: true };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A page that answers pings at once, until it is told to be silent. */
function pageWith(labClock: () => typeof LAB_CLOCK | null = () => LAB_CLOCK) {
  const seen = { placed: [] as PageEvent[], silent: [] as (number | null)[], errors: [] as number[] };
  const page = { silent: false, sent: 0 };
  const link = createPageLink({
    labClock,
    onEvents: (run, events) => seen.placed.push(...events.map((event) => ({ ...event, run }))),
    onClockError: (errorMs) => seen.errors.push(errorMs),
    onSilent: (ms) => seen.silent.push(ms),
  });
  const attachment = link.attach((command: PageCommand) => {
    page.sent++;
    if (command.type === 'ping' && !page.silent)
      tell({ type: 'pong', t: performance.now() + PAGE_AHEAD, id: command.id });
  });
  function tell(...events: PageEvent[]): void {
    attachment.received({ channel: 'switching-protocols/page', run: 4, events });
  }
  return { link, attachment, page, seen, tell };
}

const ready = (t: number): PageEvent => ({ type: 'ready', t, href: 'http://localhost:8080/.lab/4/' });
const mark = (t: number): PageEvent => ({ type: 'mark', t, name: 'a' });

describe('the clock of the page', () => {
  it('places events in lab time once both clocks are known', () => {
    const { seen, tell } = pageWith();
    const now = performance.now();
    tell(ready(now + PAGE_AHEAD), mark(now + PAGE_AHEAD + 2));
    expect(seen.placed).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(seen.placed.map(({ type, t }) => [type, Math.round(t - now)])).toEqual([
      ['ready', 5000],
      ['mark', 5002],
    ]);
    expect(seen.errors[0]).toBeGreaterThanOrEqual(0.5);
  });

  it('lets events wait while the lab clock is unknown', () => {
    let known: typeof LAB_CLOCK | null = null;
    const { link, seen, tell } = pageWith(() => known);
    tell(ready(0), mark(1));
    vi.advanceTimersByTime(5000);
    expect(seen.placed).toEqual([]);
    known = LAB_CLOCK;
    link.settle();
    expect(seen.placed).toHaveLength(2);
  });

  it('begins anew with each document', () => {
    const { seen, tell } = pageWith();
    tell(ready(0));
    vi.advanceTimersByTime(300);
    seen.placed.length = 0;
    tell(ready(0), mark(1));
    expect(seen.placed).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(seen.placed).toHaveLength(2);
  });

  it('counts what it has no room for', () => {
    let known: typeof LAB_CLOCK | null = null;
    const { link, seen, tell } = pageWith(() => known);
    tell(ready(0));
    for (let n = 0; n < 60; n++) tell(...Array.from({ length: 100 }, (_, m) => mark(n * 100 + m)));
    known = LAB_CLOCK;
    vi.advanceTimersByTime(300);
    link.settle();
    const dropped = seen.placed.filter((event) => event.type === 'dropped');
    expect(seen.placed.filter(({ type }) => type === 'mark')).toHaveLength(4999);
    expect(dropped.reduce((sum, { events }) => sum + events, 0)).toBe(6000 - 4999);
  });
});

describe('a silent page', () => {
  it('is reported after two seconds, and no longer once it answers', () => {
    const { seen, page, tell } = pageWith();
    tell(ready(0));
    vi.advanceTimersByTime(5000);
    expect(seen.silent).toEqual([]);
    page.silent = true;
    vi.advanceTimersByTime(2400);
    expect(seen.silent).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(seen.silent.at(-1)).toBeGreaterThan(2000);
    page.silent = false;
    vi.advanceTimersByTime(600);
    expect(seen.silent.at(-1)).toBeNull();
  });

  it('is not pinged before it has spoken, and reported when it does not load', () => {
    const { seen, page } = pageWith();
    vi.advanceTimersByTime(4900);
    expect([page.sent, seen.silent]).toEqual([0, []]);
    vi.advanceTimersByTime(1000);
    expect(seen.silent.at(-1)).toBeGreaterThan(5000);
  });

  it('is not called silent when it is gone', () => {
    const { attachment, seen, page, tell } = pageWith();
    tell(ready(0));
    page.silent = true;
    vi.advanceTimersByTime(4000);
    attachment.detach();
    expect(seen.silent.at(-1)).toBeNull();
    const { length } = seen.silent;
    vi.advanceTimersByTime(4000);
    expect(seen.silent).toHaveLength(length);
  });
});
