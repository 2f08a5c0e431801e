/** What every request that receives has in common: the room, where to go on, and who listens. */
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ErrorView } from '../labs/protocol.ts';
import type { Clock } from './clock.ts';
import type { HeldRequest } from './held-requests.ts';
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
  clock: Clock;
  /** Number of the last event that the browser has. */
  after: number;
  /** To be called when it does not listen any more. */
  gone(): void;
}

/** @throws CodedError ROOM_LIMIT, SERVER_STOPPING, MEMBER_UNKNOWN. */
export function receive(rooms: Rooms, request: FastifyRequest, cursor?: string): Receiving {
  const { room: name } = request.params as { room: string };
  const { after, key } = request.query as ReceiveQuery;
  const { room, readers, held } = rooms.open(name);
  const gone = room.listens(key);
  return { room, readers, held, clock: rooms.clock, after: room.resume(cursor ?? after), gone };
}

/**
 * Answers when there is something to say, or when the time is over; `content` makes the body of it.
 *
 * @param contentType of the answer.
 */
export function hold(
  { held, clock, after, gone }: Receiving,
  request: FastifyRequest,
  reply: FastifyReply,
  contentType: string,
  content: (pollBody: string) => string = (body) => body,
): void {
  const { timeout = HOLD_S } = request.query as { timeout?: number };
  reply.hijack();
  const poll = new Poll(reply.raw, contentType, content, after, clock.now() + timeout * 1000);
  // Also after the answer: whoever polls again within the time of grace was never away.
  reply.raw.on('close', () => {
    held.forget(poll);
    gone();
  });
  held.hold(poll);
}

/**
 * A poll that is held.
 *
 * With its answer it lets go of the response. V8 moves what lives for as long as held requests do to its old generation,
 * where it stays for a while after its end, with all it refers to. Of a thousand polls with each message, that is so
 * much that copying it took half of the server's time; for the same reason the response has one listener for an event,
 * since two are kept in an array.
 */
class Poll implements HeldRequest {
  readonly after: number;
  readonly deadline: number;
  readonly #contentType: string;
  readonly #content: (pollBody: string) => string;
  #response: ServerResponse | undefined;

  constructor(
    response: ServerResponse,
    contentType: string,
    content: (pollBody: string) => string,
    after: number,
    deadline: number,
  ) {
    this.#response = response;
    this.#contentType = contentType;
    this.#content = content;
    this.after = after;
    this.deadline = deadline;
  }

  answer(body: string, last: boolean): void {
    const response = this.#response!;
    this.#response = undefined;
    const text = this.#content(body);
    if (last) response.setHeader('connection', 'close');
    response.writeHead(200, {
      'content-type': this.#contentType,
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(text);
  }
}
