/** What every request that receives has in common: the room, where to go on, and who listens. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ErrorView } from '../labs/protocol.ts';
import { HOLD_S } from './limits.ts';
import { RoomName, type ReceiveQuery } from './protocol.ts';
import type { OpenRoom, Rooms } from './rooms.ts';

export interface TransportOptions {
  rooms: Rooms;
  /** Without rate limits: for those who measure. */
  unlimited?: boolean;
}

export const Params = Type.Object({ room: RoomName });
export const errors = { '4xx': ErrorView, '5xx': ErrorView };
export const tags = ['chat'];

export interface Receiving extends OpenRoom {
  /** Number of the last event that the browser has. */
  after: number;
  /** To be called when it does not listen any more. */
  gone(): void;
}

/** @throws CodedError ROOM_LIMIT, SERVER_STOPPING, MEMBER_UNKNOWN. */
export function receive(rooms: Rooms, request: FastifyRequest, cursor?: string): Receiving {
  const { room: name } = request.params as { room: string };
  const { after, key } = request.query as ReceiveQuery;
  const open = rooms.open(name);
  const gone = open.room.listens(key);
  return { ...open, after: open.room.resume(cursor ?? after), gone };
}

/**
 * Answers when there is something to say, or when the time is over; `content` makes the body of it.
 *
 * @param contentType of the answer.
 */
export function hold(
  { held, after, gone }: Receiving,
  request: FastifyRequest,
  reply: FastifyReply,
  contentType: string,
  content: (pollBody: string) => string = (body) => body,
): void {
  const { timeout = HOLD_S } = request.query as { timeout?: number };
  const response = reply.raw;
  const head = reply.getHeaders() as Record<string, string>;
  reply.hijack();
  const forget = held.hold(after, timeout * 1000, (body, last) => {
    const text = content(body);
    response.writeHead(200, {
      ...head,
      'content-type': contentType,
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(last && { connection: 'close' }),
    });
    response.end(text);
  });
  // Also after the answer: whoever polls again within the time of grace was never away.
  response.once('close', () => {
    forget();
    gone();
  });
}
