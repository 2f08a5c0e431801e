/** What the guest is told of a request and of a port that could not be opened. */
import type { IncomingMessage } from 'node:http';
import type { RequestMessage } from '../protocol.ts';
import { addressesOf, type Connection } from './connection.ts';

export function requestMessage(
  server: number,
  connection: Connection,
  id: number,
  req: IncomingMessage,
  hasBody: boolean,
  expect: RequestMessage[9],
): RequestMessage {
  const { remoteAddress, remotePort, remoteFamily, localAddress, localPort } = addressesOf(connection.socket);
  return [
    'request',
    server,
    connection.id,
    id,
    req.method ?? '',
    req.url ?? '',
    req.httpVersion,
    req.rawHeaders,
    hasBody ? 1 : 0,
    expect,
    [remoteAddress, remotePort, remoteFamily, localAddress, localPort].join(' '),
  ];
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
