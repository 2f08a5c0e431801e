/**
 * A response that stays open and is written to for as long as somebody reads: what xhr-streaming, the forever frame,
 * htmlfile, server-sent events and XDomainRequest have in common.
 */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FanOut, Framing } from './fan-out.ts';

export interface StreamOptions {
  contentType: string;
  framing: Framing;
  /** Number of the last event that the browser has. */
  after: number;
  /** Sent with the head. */
  prelude?: string;
  /** The last words of a stream that the server ends. */
  farewell?: string;
  mostBytes?: number;
  gone(): void;
}

/** Begins the response and adds its socket to the readers. */
export function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  readers: FanOut,
  { contentType, framing, after, prelude = '', farewell, mostBytes, gone }: StreamOptions,
): void {
  const response = reply.raw;
  reply.hijack();
  response.writeHead(200, {
    'content-type': contentType,
    'cache-control': 'no-store, no-transform',
    // nginx buffers responses unless told not to; other proxies honour no-transform.
    'x-accel-buffering': 'no',
    // Chromium holds up what it first wants to sniff at.
    'x-content-type-options': 'nosniff',
  });
  if (prelude === '') response.flushHeaders();
  else response.write(prelude);
  const isChunked = request.raw.httpVersion === '1.1';
  withSocket(response, (socket) =>
    readers.add({
      socket,
      // The chunks are made here, once for all readers; `response.write` would make them anew for each.
      framing: isChunked ? chunked(framing) : framing,
      after,
      mostBytes,
      end: (done) => response.end(farewell, done),
      gone,
    }),
  );
}

/** A response behind another on the same connection (RFC 9112 §9.3.2, pipelining) has its socket when that one is over. */
function withSocket(response: ServerResponse, then: (socket: Duplex) => void): void {
  if (response.socket !== null) then(response.socket);
  else response.once('socket', then);
}

const CRLF = Buffer.from('\r\n');

/** One chunk (RFC 9112 §7.1) around bytes. */
function chunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, CRLF]);
}

const chunkedFramings = new WeakMap<Framing, Framing>();

function chunked(framing: Framing): Framing {
  let made = chunkedFramings.get(framing);
  if (made === undefined) {
    made = {
      name: `${framing.name}, chunked`,
      frame: (events) => chunk(framing.frame(events)),
      heartbeat: chunk(framing.heartbeat),
    };
    chunkedFramings.set(framing, made);
  }
  return made;
}
