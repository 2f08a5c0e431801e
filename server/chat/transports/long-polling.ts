import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { HoldQuery, PollView } from '../protocol.ts';
import { errors, hold, Params, receive, tags, type TransportOptions } from '../receiving.ts';

/** Long polling: the request is held until something happens, or until proxies on the way would give up. */
export const longPolling: FastifyPluginAsyncTypebox<TransportOptions> = async (app, { rooms }) => {
  app.get(
    '/long-polling',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Long polling: what happens next',
        description:
          'Answers at once when something has happened after the cursor, else when it does, else empty after the timeout.',
        params: Params,
        querystring: HoldQuery,
        response: { 200: PollView, ...errors },
      },
    },
    (request, reply) => hold(receive(rooms, request), request, reply, 'application/json; charset=utf-8'),
  );
};
