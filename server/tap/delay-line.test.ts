import { expect, test, vi } from 'vitest';
import { DelayLine } from './delay-line.ts';

test('delivers at once when there is no delay', () => {
  const got: number[] = [];
  const line = new DelayLine(() => 0);
  line.put(() => got.push(1));
  expect(got).toEqual([1]);
});

test('lets nothing overtake when the delay falls', async () => {
  const delays = [30, 0, 5];
  const got: number[] = [];
  const line = new DelayLine(() => delays.shift()!);
  for (const item of [1, 2, 3]) line.put(() => got.push(item));
  expect(got).toEqual([]);
  await vi.waitFor(() => expect(got).toEqual([1, 2, 3]));
  expect(line.empty).toBe(true);
});

test('forgets what is under way when it is cleared', async () => {
  const got: number[] = [];
  const line = new DelayLine(() => 5);
  line.put(() => got.push(1));
  line.clear();
  await new Promise<void>((resolve) => new DelayLine(() => 10).put(resolve));
  expect(got).toEqual([]);
});
