import { expect, it } from 'vitest';
import { createConnectionDissector } from './index.ts';

it('counts the bytes that are payload', () => {
  const dissector = createConnectionDissector();
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const text = `${head}5\r\nhello\r\n0\r\n\r\n`;
  dissector.push('down', new TextEncoder().encode(text));
  expect(dissector.records('down').reduce((sum, { data }) => sum + data, 0)).toBe(5);
});
