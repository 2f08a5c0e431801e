import { expect, it } from 'vitest';
import { Dissection } from '../../tests/support/dissection.ts';

it('counts the bytes that are payload', () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const text = `${head}5\r\nhello\r\n0\r\n\r\n`;
  expect(
    new Dissection()
      .feed(['down', text])
      .records('down')
      .reduce((sum, { data }) => sum + data, 0),
  ).toBe(5);
});
