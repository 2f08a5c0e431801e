import { expect, it } from 'vitest';
import { createConnectionDissector, overheadOf } from './index.ts';

it('counts everything that is not payload', () => {
  const dissector = createConnectionDissector();
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const text = `${head}5\r\nhello\r\n0\r\n\r\n`;
  dissector.push('down', new TextEncoder().encode(text));
  expect(overheadOf(dissector.records('down')[0]!)).toEqual({
    total: text.length,
    overhead: text.length - 5,
  });
});
