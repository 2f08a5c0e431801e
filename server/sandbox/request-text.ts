/**
 * The message of every request, as lines: QuickJS splits text four times as fast as it parses JSON, and leaves the
 * headers alone until somebody reads them.
 *
 * Nothing needs an escape: a head that node:http has parsed holds no line feed (RFC 9112 §2.2, §5), nor an empty
 * method, target or version.
 */
import type { RequestMessage } from './protocol.ts';

const FIRST = 'request\n';
const FIELDS = 10;

/** What comes before the headers, in order. */
export type RequestFields = [
  to: string,
  server: string,
  socket: string,
  request: string,
  method: string,
  target: string,
  version: string,
  body: string,
  expect: string,
  addresses: string,
];

export function writeRequest(message: RequestMessage): string {
  const { server, socket, request, method, target, version, hasBody, expect, addresses, headers } = message;
  const body = hasBody ? 'body' : 'none';
  return `${FIRST}${server}\n${socket}\n${request}\n${method}\n${target}\n${version}\n${body}\n${expect}\n${addresses}\n\n${headers.join('\n')}`;
}

/** Other messages are JSON. */
export function isRequest(text: string): boolean {
  return text.startsWith(FIRST);
}

export function readRequest(text: string): RequestFields {
  return text.split('\n', FIELDS) as RequestFields;
}

/** Name, value, name, value … as received. */
export function readHeaders(text: string): string[] {
  const lines = text.slice(text.indexOf('\n\n') + 2);
  return lines === '' ? [] : lines.split('\n');
}
