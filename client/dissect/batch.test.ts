import { describe, expect, it } from 'vitest';
import { createBatchDissector } from './batch.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const HEAD = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

describe('a batch', () => {
  it('answers with the records that changed, not with those that were sent before', () => {
    const batch = createBatchDissector();
    const item = { connection: 7, direction: 'down' } as const;
    const [first] = batch.push([{ ...item, offset: 0, bytes: bytesOf(HEAD) }]);
    expect(first).toMatchObject({ connection: 7, first: 0, records: [{ kind: 'response', complete: true }] });
    const [second] = batch.push([{ ...item, offset: HEAD.length, bytes: bytesOf('2\r\nab\r\n3\r\n') }]);
    expect(second).toMatchObject({
      first: 1,
      records: [
        { kind: 'chunk', size: 2, complete: true },
        { kind: 'chunk', size: 3, complete: false },
      ],
    });
    const [third] = batch.push([{ ...item, offset: HEAD.length + 10, bytes: bytesOf('abc\r\n') }]);
    expect(third).toMatchObject({ first: 2, records: [{ complete: true }] });
    expect(second!.records[1]!.complete).toBe(false);
  });

  it('answers once for a record that several items changed, and not for others', () => {
    const batch = createBatchDissector();
    const items = [...HEAD].map((character, offset) => ({
      connection: 1,
      direction: 'down' as const,
      offset,
      bytes: bytesOf(character),
    }));
    expect(batch.push(items)).toMatchObject([{ first: 0, records: [{ kind: 'response' }] }]);
    expect(batch.push([{ connection: 1, direction: 'up', offset: 0, bytes: bytesOf('GET') }])).toMatchObject([
      { direction: 'up', first: 0 },
    ]);
  });

  it('takes a jump of the offset for a gap and drops bytes that come twice', () => {
    const batch = createBatchDissector();
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n';
    const item = { connection: 1, direction: 'down' } as const;
    batch.push([{ ...item, offset: 0, bytes: bytesOf(head) }]);
    batch.push([{ ...item, offset: 0, bytes: bytesOf(head) }]);
    const [update] = batch.push([{ ...item, offset: head.length + 8, bytes: bytesOf('ij') }]);
    expect(update!.records).toMatchObject([{ complete: true, end: head.length + 10 }]);
    expect(batch.push([{ ...item, offset: head.length + 10, gap: 5 }])).toMatchObject([
      { first: 1, records: [{ start: head.length + 10, end: head.length + 15 }] },
    ]);
  });

  it('forgets every connection on reset', () => {
    const batch = createBatchDissector();
    const item = { connection: 1, direction: 'down', offset: 0, bytes: bytesOf(HEAD) } as const;
    batch.push([item]);
    batch.reset();
    expect(batch.push([item])).toMatchObject([{ first: 0, records: [{ start: 0 }] }]);
  });
});
