/**
 * Carries one lab's channel to one browser, over a WebSocket or as an event stream: the same messages.
 */
import type { ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { Channel, KeptEvent } from './channel.ts';
import { KEEP_ALIVE_MS, UNSENT_BYTES } from './limits.ts';
import {
  TELEMETRY_VERSION,
  type BrowserMessage,
  type ServerMessage,
  type TelemetryEvent,
} from './protocol.ts';

/** What a stream needs to know of a lab. */
export interface TelemetrySource {
  id: string;
  run: number;
  channel: Channel;
  /** Lab time, ms since the start of the present run. */
  now(): number;
}

/** WebSocket close code for a reader that is too slow; 4000–4999 are the application's (RFC 6455 §7.4.2). */
const TOO_SLOW = 4001;

export function overWebSocket(socket: WebSocket, source: TelemetrySource, after: number): void {
  const send = (message: ServerMessage): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > UNSENT_BYTES) socket.close(TOO_SLOW, 'reader too slow');
    else socket.send(JSON.stringify(message));
  };
  send(hello(source));
  const stop = source.channel.subscribe(
    after,
    (events) => events.length > 0 && send({ type: 'events', events: events.map(told) }),
  );
  socket.on('message', (data) => {
    const ping = parsePing(String(data));
    if (ping !== undefined) send({ type: 'pong', id: ping.id, run: source.run, t: source.now() });
  });
  socket.on('close', stop);
  socket.on('error', stop);
}

/** @param head further response headers, e.g. those that the framework has set. */
export function overEventStream(
  response: ServerResponse,
  source: TelemetrySource,
  after: number,
  head: Record<string, string>,
): void {
  response.writeHead(200, {
    ...head,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    // nginx buffers responses unless told not to; other proxies honour no-transform.
    'x-accel-buffering': 'no',
  });
  const send = (message: ServerMessage): void => {
    // `id:` lets EventSource resume by itself with Last-Event-ID.
    const id = message.type === 'events' ? `id: ${message.events[message.events.length - 1]!.seq}\n` : '';
    response.write(`${id}data: ${JSON.stringify(message)}\n\n`);
    if (response.writableLength > UNSENT_BYTES) response.destroy();
  };
  send(hello(source));
  const stop = source.channel.subscribe(
    after,
    (events) => events.length > 0 && send({ type: 'events', events: events.map(told) }),
  );
  const keepAlive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS);
  response.on('close', () => {
    clearInterval(keepAlive);
    stop();
  });
}

/** As it is told: bytes are base64. */
function told(event: KeptEvent): TelemetryEvent {
  if (event.type !== 'bytes') return event;
  const { bytes, ...rest } = event;
  return { ...rest, base64: bytes?.toString('base64') };
}

function hello(source: TelemetrySource): ServerMessage {
  return { type: 'hello', version: TELEMETRY_VERSION, lab: source.id, run: source.run };
}

function parsePing(text: string): BrowserMessage | undefined {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null) return undefined;
    const { type, id } = message as Record<string, unknown>;
    return type === 'ping' && typeof id === 'number' ? { type, id } : undefined;
  } catch {
    return undefined; // Not ours: a client that sends rubbish gets no answer.
  }
}
