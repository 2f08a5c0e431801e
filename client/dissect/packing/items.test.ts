import { expect, it } from 'vitest';
import type { DissectItem } from '../batch.ts';
import { packItems, unpackItems } from './items.ts';

it('are the same on the other side, and their bytes cross without being copied again', () => {
  const large = new Uint8Array(1_000).fill(7);
  const items: DissectItem[] = [
    { connection: 1, direction: 'up', offset: 10, bytes: large.subarray(3, 5) },
    { connection: 1, direction: 'down', offset: 0, gap: 4 },
    { connection: 2, direction: 'down', offset: 2 ** 40, bytes: Uint8Array.of(1, 2, 3) },
    { connection: 2, direction: 'down', offset: 7, bytes: new Uint8Array() },
    { connection: 2, direction: 'up', end: true },
    { connection: 2, direction: 'down', end: true },
  ];
  const packed = packItems(items);
  const crossed = structuredClone(packed, { transfer: [packed.rows.buffer, packed.bytes.buffer] });
  expect(unpackItems(crossed)).toEqual(items);
  // The caller keeps its arrays.
  expect(large).toHaveLength(1_000);
});
