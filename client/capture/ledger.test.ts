import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.ts';

function ledgerOf(...times: number[]): Ledger<{ t: number }> {
  const ledger = new Ledger<{ t: number }>(({ t }) => t);
  for (const t of times) ledger.add({ t });
  return ledger;
}

describe('Ledger', () => {
  it('keeps order of time, and of arrival among equals', () => {
    const ledger = new Ledger<{ t: number; name: string }>(({ t }) => t);
    ledger.add({ t: 2, name: 'a' });
    ledger.add({ t: 1, name: 'b' });
    ledger.add({ t: 2, name: 'c' });
    expect(
      ledger
        .snapshot()
        .map(({ name }) => name)
        .join(''),
    ).toBe('bac');
  });

  it('hands out one array until something changes', () => {
    const ledger = ledgerOf(1, 2);
    const before = ledger.snapshot();
    expect(ledger.snapshot()).toBe(before);
    ledger.add({ t: 3 });
    expect(ledger.snapshot()).not.toBe(before);
    expect(before).toHaveLength(2);
  });

  it('replaces a value and leaves the others alone', () => {
    const ledger = ledgerOf(1);
    const entry = ledger.add({ t: 2 });
    const [first, second] = ledger.snapshot();
    ledger.change(entry, { t: 2.5 });
    expect(ledger.snapshot()[0]).toBe(first);
    expect(ledger.snapshot()[1]).toEqual({ t: 2.5 });
    expect(second).toEqual({ t: 2 });
  });

  it('says how many it forgot, and keeps its array when that is none', () => {
    const ledger = ledgerOf(1, 2, 3);
    const before = ledger.snapshot();
    expect(ledger.retain(() => true)).toBe(0);
    expect(ledger.snapshot()).toBe(before);
    expect(ledger.retain(({ t }) => t > 2)).toBe(2);
    expect(ledger.snapshot()).toEqual([{ t: 3 }]);
  });

  it('finds the time behind a share of its entries', () => {
    expect(ledgerOf(0, 10, 20, 30, 40).timeAt(0.25)).toBe(10);
  });
});
