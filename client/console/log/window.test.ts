import { describe, expect, it } from 'vitest';
import { extendEarlier, holdWindow, reveal, rowWindow, WINDOW_ROWS } from './window.ts';

const list = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `r${i}`, t: i * 10 }));

describe('rowWindow', () => {
  it('draws the newest rows while following', () => {
    expect(rowWindow(list(10_000), null)).toEqual({ start: 10_000 - WINDOW_ROWS, end: 10_000, unseen: 0 });
    expect(rowWindow(list(3), null)).toEqual({ start: 0, end: 3, unseen: 0 });
  });

  it('keeps the rows in place and counts the new ones after the reader scrolled up', () => {
    const before = list(1000);
    const anchor = holdWindow(before, rowWindow(before, null));
    expect(rowWindow(list(1012), anchor)).toEqual({ start: 700, end: 1012, unseen: 12 });
  });

  it('stays bounded however many rows arrive', () => {
    const before = list(1000);
    const anchor = holdWindow(before, rowWindow(before, null));
    const { start, end, unseen } = rowWindow(list(50_000), anchor);
    expect([start, end - start, unseen]).toEqual([700, 2 * WINDOW_ROWS, 49_000]);
  });

  it('draws earlier rows on request, without counting seen rows as new', () => {
    const items = list(1000);
    const anchor = extendEarlier(items, rowWindow(items, null), null);
    expect(rowWindow(items, anchor)).toEqual({ start: 400, end: 1000, unseen: 0 });
  });

  it('moves to a row outside, and stays for one inside', () => {
    const items = list(1000);
    const window = rowWindow(items, null);
    expect(reveal(items, window, null, 800)).toBeNull();
    const there = rowWindow(items, reveal(items, window, null, 100));
    expect(there.start).toBeLessThanOrEqual(100);
    expect(there.end).toBeGreaterThan(100);
  });

  it('goes by time when the anchored row is gone', () => {
    const before = list(1000);
    const anchor = holdWindow(before, rowWindow(before, null));
    const odd = list(1000).filter((_, i) => i % 2 === 1);
    expect(rowWindow(odd, anchor)).toEqual({ start: 350, end: 500, unseen: 0 });
    expect(rowWindow(before.slice(0, 100), anchor)).toEqual({ start: 0, end: 100, unseen: 0 });
    expect(rowWindow([], anchor)).toEqual({ start: 0, end: 0, unseen: 0 });
  });
});
