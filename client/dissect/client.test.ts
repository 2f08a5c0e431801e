import { expect, it } from 'vitest';
import { inOneBuffer, type DissectItem } from './client.ts';

it('copies the bytes of all items into one buffer, which crosses without being copied again', () => {
  const large = new Uint8Array(1_000).fill(7);
  const items: DissectItem[] = [
    { connection: 1, direction: 'up', offset: 10, bytes: large.subarray(3, 5) },
    { connection: 1, direction: 'down', offset: 0, gap: 4 },
    { connection: 2, direction: 'down', offset: 4, bytes: Uint8Array.of(1, 2, 3) },
    { connection: 2, direction: 'up', end: true },
  ];
  const [copies, buffer] = inOneBuffer(items);
  expect(copies).toEqual(items);
  expect(buffer.byteLength).toBe(5);
  for (const copy of copies) if ('bytes' in copy) expect(copy.bytes.buffer).toBe(buffer);
  // The caller keeps its arrays.
  structuredClone(copies, { transfer: [buffer] });
  expect(large).toHaveLength(1_000);
});
