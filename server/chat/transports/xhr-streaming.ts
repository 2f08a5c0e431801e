import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Framing } from '../fan-out.ts';
import { STREAM_BYTES } from '../limits.ts';
import { ReceiveQuery } from '../protocol.ts';
import { errors, Params, receive, tags, type TransportOptions } from '../receiving.ts';
import { stream } from '../response-stream.ts';

/** One JSON text a line: lines, not chunks or events of the browser, are the messages' bounds. */
export const lines: Framing = {
  name: 'lines',
  frame: (events) => Buffer.from(events.map(({ json }) => `${json}\n`).join('')),
  heartbeat: Buffer.from('\n'),
};

/** XHR streaming: one response that goes on; the browser reads `responseText` while it grows. */
export const xhrStreaming: FastifyPluginAsyncTypebox<TransportOptions> = async (app, { rooms }) => {
  app.get(
    '/xhr-streaming',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'XHR streaming: a response without end, one JSON text a line',
        description: `Empty lines are heartbeats. Ends in order after ${STREAM_BYTES} bytes; ask again with the last event’s id.`,
        params: Params,
        querystring: ReceiveQuery,
        response: errors,
      },
    },
    (request, reply) => {
      const { readers, after, gone } = receive(rooms, request);
      stream(request, reply, readers, {
        contentType: 'application/x-ndjson; charset=utf-8',
        framing: lines,
        after,
        mostBytes: STREAM_BYTES,
        gone,
      });
    },
  );
};
