import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { STREAM_BYTES } from '../limits.ts';
import { CallbackQuery } from '../protocol.ts';
import { errors, Params, receive, tags, type TransportOptions } from '../receiving.ts';
import { stream } from '../response-stream.ts';
import { scriptFraming } from '../script-framing.ts';

/**
 * The forever frame: a document in an iframe that never ends loading; each event is a script that calls a function of
 * the page. The charset is said, or browsers wait for 1024 bytes in which a `<meta>` could say it.
 */
export const foreverIframe: FastifyPluginAsyncTypebox<TransportOptions> = async (app, { rooms }) => {
  app.get(
    '/forever-iframe',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Forever frame: a document without end, of scripts that call the page',
        description: `Calls parent.<callback>(event), and without an event as a heartbeat. Ends in order (load) after ${STREAM_BYTES} bytes.`,
        params: Params,
        querystring: CallbackQuery,
        response: errors,
      },
    },
    (request, reply) => {
      const { readers, after, gone } = receive(rooms, request);
      stream(request, reply, readers, {
        contentType: 'text/html; charset=utf-8',
        framing: scriptFraming(request.query.callback),
        after,
        prelude: '<!doctype html><title>chat</title>\n',
        mostBytes: STREAM_BYTES,
        gone,
      });
    },
  );
};
