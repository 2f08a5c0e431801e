import { expect, test, vi } from 'vitest';
import { Flow, SharedLine } from './shared-line.ts';

test('passes everything at once without a limit', () => {
  const got: string[] = [];
  const line = new SharedLine(() => null);
  line.put(new Flow(), Buffer.from('a'), (bytes) => got.push(String(bytes)));
  expect(got).toEqual(['a']);
});

test('sends packet by packet, one connection after the other, and keeps a moment in its place', async () => {
  const got: string[] = [];
  const line = new SharedLine(() => 300_000);
  for (const name of ['a', 'b']) {
    const flow = new Flow();
    line.put(flow, Buffer.alloc(3000), (bytes) => got.push(`${name} ${(bytes as Buffer).length}`));
    line.put(
      flow,
      () => undefined,
      () => got.push(`${name} end`),
    );
  }
  expect(got).toEqual([]);
  await vi.waitFor(() => expect(got).toHaveLength(8));
  expect(got).toEqual(['a 1448', 'b 1448', 'a 1448', 'b 1448', 'a 104', 'b 104', 'a end', 'b end']);
});

test('sends what waits at once when the limit falls', async () => {
  let bandwidth: number | null = 1;
  const got: number[] = [];
  const line = new SharedLine(() => bandwidth);
  line.put(new Flow(), Buffer.alloc(1_000_000), (bytes) => got.push((bytes as Buffer).length));
  bandwidth = null;
  line.changed();
  await vi.waitFor(() => expect(got).toEqual([1_000_000]));
});

test('forgets what a closed connection has waiting and goes on with the others', async () => {
  const got: string[] = [];
  const line = new SharedLine(() => 100_000);
  const [gone, stays] = [new Flow(), new Flow()];
  line.put(gone, Buffer.alloc(3000), () => got.push('gone'));
  line.put(stays, Buffer.alloc(10), () => got.push('stays'));
  line.clear(gone);
  await vi.waitFor(() => expect(got).toEqual(['stays']));
});
