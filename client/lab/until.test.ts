import { describe, expect, it, vi } from 'vitest';
import { create } from 'zustand';
import { until } from './until.ts';

const store = () => create<{ port: number | null }>()(() => ({ port: null }));
const port = (state: { port: number | null }) => state.port ?? undefined;

describe('what is waited for in a store', () => {
  it('is found at once where it is there', async () => {
    const lab = store();
    lab.setState({ port: 1 });
    expect(await until(lab, port, 1_000)).toBe(1);
  });

  it('is found when it comes, and not looked for any more', async () => {
    const lab = store();
    const look = vi.fn(port);
    const found = until(lab, look, 1_000);
    lab.setState({ port: 2 });
    expect(await found).toBe(2);
    lab.setState({ port: 3 });
    expect(look).toHaveBeenCalledTimes(2);
  });

  it('is undefined when it does not come in time', async () => {
    vi.useFakeTimers();
    try {
      const found = until(store(), port, 1_000);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await found).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });
});
