import { expect, it } from 'vitest';
import type { RequestFact, WireFacts } from './facts.ts';
import { delaysSince } from './wire.ts';

it('does not blame code for what was made before it could ask', () => {
  const deliveries = [
    { name: 'message 1', created: 1_000, handled: 9_000 },
    { name: 'message 2', created: 6_000, handled: 9_000 },
    { name: 'message 3', created: 9_500, handled: null },
  ];
  const asks = [{ arrived: 5_000 }, { arrived: 9_100 }] as RequestFact[];
  expect(delaysSince({ deliveries } as unknown as WireFacts, asks)).toEqual([3_000]);
  expect(delaysSince({ deliveries } as unknown as WireFacts, [])).toEqual([]);
});
