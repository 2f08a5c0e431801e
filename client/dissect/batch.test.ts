import { describe, expect, it } from 'vitest';
import { createBatchDissector } from './batch.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const HEAD = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

describe('a batch', () => {
  it('answers with the fields that changed, not with those that were sent before', () => {
    const batch = createBatchDissector();
    const item = { connection: 7, direction: 'down' } as const;
    const [first] = batch.push([{ ...item, offset: 0, bytes: bytesOf(HEAD) }]);
    expect(first).toMatchObject({ connection: 7, index: 0, fieldsFrom: 0 });
    const known = first!.record.fields.length;
    const [second] = batch.push([{ ...item, offset: HEAD.length, bytes: bytesOf('2\r\nab\r\n') }]);
    expect(second).toMatchObject({ index: 0, fieldsFrom: known });
    expect(second!.record.fields.map(({ name }) => name)).toEqual(['2\\r\\n', 'ab', '\\r\\n']);
  });

  it('answers once for a record that several items changed, and not for others', () => {
    const batch = createBatchDissector();
    const items = [...HEAD].map((character, offset) => ({
      connection: 1,
      direction: 'down' as const,
      offset,
      bytes: bytesOf(character),
    }));
    expect(batch.push(items)).toHaveLength(1);
    expect(batch.push([{ connection: 1, direction: 'up', offset: 0, bytes: bytesOf('GET') }])).toMatchObject([
      { direction: 'up', index: 0 },
    ]);
  });

  it('takes a jump of the offset for a gap and drops bytes that come twice', () => {
    const batch = createBatchDissector();
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n';
    const item = { connection: 1, direction: 'down' } as const;
    batch.push([{ ...item, offset: 0, bytes: bytesOf(head) }]);
    batch.push([{ ...item, offset: 0, bytes: bytesOf(head) }]);
    const [delta] = batch.push([{ ...item, offset: head.length + 8, bytes: bytesOf('ij') }]);
    expect(delta!.record).toMatchObject({ complete: true, end: head.length + 10 });
    expect(batch.push([{ ...item, offset: head.length + 10, gap: 5 }])).toMatchObject([
      { index: 1, record: { start: head.length + 10, end: head.length + 15 } },
    ]);
  });

  it('forgets every connection on reset', () => {
    const batch = createBatchDissector();
    const item = { connection: 1, direction: 'down', offset: 0, bytes: bytesOf(HEAD) } as const;
    batch.push([item]);
    batch.reset();
    expect(batch.push([item])).toMatchObject([{ index: 0, fieldsFrom: 0, record: { start: 0 } }]);
  });
});
