import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Framing } from '../fan-out.ts';
import { RETRY_MS } from '../limits.ts';
import { CURSOR, ReceiveQuery } from '../protocol.ts';
import { errors, Params, receive, tags, type TransportOptions } from '../receiving.ts';
import { stream } from '../response-stream.ts';

/** HTML §9.2.6. JSON has no line ends, so that one `data` field holds it; `id` is what the browser comes back with. */
const eventStream: Framing = {
  name: 'event stream',
  frame: (events) => Buffer.from(events.map(({ id, json }) => `id: ${id}\ndata: ${json}\n\n`).join('')),
  // A comment would do for proxies, but pages cannot hear it. Without `id` it is no place to resume at.
  heartbeat: Buffer.from('event: heartbeat\ndata:\n\n'),
};

/** Server-sent events: the browser resumes by itself, with `Last-Event-ID`. */
export const sse: FastifyPluginAsyncTypebox<TransportOptions> = async (app, { rooms }) => {
  app.get(
    '/sse',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Server-sent events',
        description: 'The `id` of each event is its cursor. Events of the type `heartbeat` carry nothing.',
        params: Params,
        querystring: ReceiveQuery,
        response: errors,
      },
    },
    (request, reply) => {
      const last = request.headers['last-event-id'];
      // Newer than `after`, which stays in the address when the browser comes back by itself.
      const cursor = typeof last === 'string' && new RegExp(CURSOR).test(last) ? last : undefined;
      const { readers, after, gone } = receive(rooms, request, cursor);
      stream(request, reply, readers, {
        contentType: 'text/event-stream; charset=utf-8',
        framing: eventStream,
        after,
        prelude: `retry: ${RETRY_MS}\n\n`,
        gone,
      });
    },
  );
};
