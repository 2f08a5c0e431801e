/** What node:http answers to bytes that are no request, when nobody listens for `clientError` (lib/_http_server.js). */
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

const STATUS: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** `answering`: the response that was due has begun; node writes no other into it. */
export function refuse(socket: Duplex, code: string, answering: boolean): void {
  // Ended by the response before: it shall arrive.
  if (!socket.writable) return;
  const status = STATUS[code] ?? 400;
  if (answering) return void socket.destroy();
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`, () =>
    socket.destroy(),
  );
}
