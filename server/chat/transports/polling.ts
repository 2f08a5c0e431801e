import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { pollBody } from '../held-requests.ts';
import { PollView, ReceiveQuery } from '../protocol.ts';
import { errors, Params, receive, tags, type TransportOptions } from '../receiving.ts';

/** Polling: an answer at once, with what came after the cursor. Between two polls nothing is lost: the room keeps it. */
export const polling: FastifyPluginAsyncTypebox<TransportOptions> = async (app, { rooms }) => {
  app.get(
    '/polling',
    {
      schema: {
        tags,
        summary: 'Polling: what has happened since',
        description: 'Answers at once. Ask again with the cursor of the answer.',
        params: Params,
        querystring: ReceiveQuery,
        response: { 200: PollView, ...errors },
      },
    },
    async (request, reply) => {
      const { room, after, gone } = receive(rooms, request);
      gone();
      return reply
        .type('application/json; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(pollBody(room, after, room.read(after)) as never);
    },
  );
};
