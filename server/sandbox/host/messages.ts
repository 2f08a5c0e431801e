/** What the guest is told of a request and of a port that could not be opened. */
import type { IncomingMessage } from 'node:http';
import type { RequestMessage } from '../protocol.ts';
import { writeRequest } from '../request-text.ts';
import type { Connection } from './connection.ts';

export function requestText(
  server: number,
  connection: Connection,
  request: number,
  req: IncomingMessage,
  hasBody: boolean,
  expect: RequestMessage['expect'],
): string {
  return writeRequest({
    server,
    socket: connection.id,
    request,
    method: req.method ?? '',
    target: req.url ?? '',
    version: req.httpVersion,
    hasBody,
    expect,
    addresses: connection.addresses,
    headers: req.rawHeaders,
  });
}

/** libuv's words for the codes that opening a port can end with. */
export function wordsFor(code: string): string {
  const words: Record<string, string> = {
    EADDRINUSE: 'address already in use',
    EACCES: 'permission denied',
    EADDRNOTAVAIL: 'address not available',
  };
  return words[code] ?? 'cannot be opened';
}
