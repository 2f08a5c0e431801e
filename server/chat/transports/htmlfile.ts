import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { STREAM_BYTES } from '../limits.ts';
import { CallbackQuery } from '../protocol.ts';
import { errors, Params, receive, tags, type TransportOptions } from '../receiving.ts';
import { stream } from '../response-stream.ts';
import { scriptFraming } from '../script-framing.ts';

/** Internet Explorer shows nothing of a document before so many bytes of it have come. */
const PARSED_FROM_BYTES = 256;
const HEAD = '<!doctype html><title>chat</title>';

/** As the forever frame, for a frame in an `htmlfile` of Internet Explorer: `parent` is that document's window. */
export const htmlfile: FastifyPluginAsyncTypebox<TransportOptions> = async (app, { rooms }) => {
  app.get(
    '/htmlfile',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'htmlfile: the forever frame of Internet Explorer 5 to 9',
        description: `As forever-iframe, behind ${PARSED_FROM_BYTES} bytes of padding.`,
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
        prelude: `${HEAD.padEnd(PARSED_FROM_BYTES - 1)}\n`,
        mostBytes: STREAM_BYTES,
        gone,
      });
    },
  );
};
