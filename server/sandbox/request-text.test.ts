import { createServer, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { RequestMessage } from './protocol.ts';
import { isRequest, readHeaders, readRequest, writeRequest } from './request-text.ts';

const MESSAGE: RequestMessage = {
  server: 1,
  socket: 2,
  request: 3,
  method: 'GET',
  target: '/a?b=c%20d',
  version: '1.1',
  hasBody: false,
  expect: 'none',
  addresses: '::1 52345 IPv6 ::1 8080',
  headers: ['Host', 'lab', 'X-Empty', '', 'X-Empty', '', 'X-Latin', 'caf\u00e9\ttab "quoted" \\'],
};

describe('the text of a request', () => {
  it('gives back its fields in order, and its headers as received, empty values included', () => {
    const text = writeRequest(MESSAGE);
    expect(isRequest(text)).toBe(true);
    expect(readRequest(text)).toEqual([
      ...['request', '1', '2', '3', 'GET', '/a?b=c%20d', '1.1', 'none', 'none'],
      '::1 52345 IPv6 ::1 8080',
    ]);
    expect(readHeaders(text)).toEqual(MESSAGE.headers);
  });

  it('has no headers when the request has none', () => {
    expect(readHeaders(writeRequest({ ...MESSAGE, headers: [] }))).toEqual([]);
  });

  it('is told from the JSON of other messages', () => {
    expect(isRequest(JSON.stringify({ to: 'close', request: 1, aborted: false }))).toBe(false);
  });

  it('holds no line feed of a head that node:http has parsed, whatever bytes are sent', async () => {
    const heads = [
      'GET /a HTTP/1.1\r\nHost: lab\r\nX: one\r\n two\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: lab\r\nX: one\ntwo\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: lab\r\nX: one\rtwo\r\n\r\n',
      'GET /a\nb HTTP/1.1\r\nHost: lab\r\n\r\n',
      'GET\n/a HTTP/1.1\r\nHost: lab\r\n\r\n',
      'GET /a HTTP/1.1\nHost: lab\n\n',
    ];
    for (const head of heads) {
      const request = await parsed(head);
      const fields = request ? [request.method, request.url, ...request.rawHeaders] : [];
      expect(fields.filter((field) => field?.includes('\n'))).toEqual([]);
    }
  });
});

/** What node:http makes of the bytes; undefined when it refuses them. */
function parsed(head: string): Promise<IncomingMessage | undefined> {
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  return new Promise((resolve) => {
    const server = createServer((request) => resolve(request));
    server.on('clientError', () => resolve(undefined));
    server.emit('connection', socket);
    socket.push(Buffer.from(head, 'latin1'));
  });
}
