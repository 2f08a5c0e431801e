import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Value } from 'typebox/value';
import { CodedError } from '../../errors/index.ts';
import { STREAM_BYTES } from '../limits.ts';
import { allowOrigin } from '../origins.ts';
import { ReceiveQuery, SendBody, SentView } from '../protocol.ts';
import { errors, Params, receive, tags, type TransportOptions } from '../receiving.ts';
import { stream } from '../response-stream.ts';
import { send } from '../sending.ts';
import { lines } from './xhr-streaming.ts';

/** Nothing of a response is shown to the page before so many bytes of it have come. */
const SHOWN_FROM_BYTES = 2048;

/**
 * XDomainRequest of Internet Explorer 8 to 10: streams across origins, GET and POST only, no header of the page's own,
 * and no Content-Type, so that the body is read as what it is agreed to be.
 */
export const xdomainrequest: FastifyPluginAsyncTypebox<TransportOptions> = async (app, { rooms }) => {
  app.addHook('onRequest', async (request, reply) => allowOrigin(request, reply));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  app.get(
    '/xdomainrequest',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'XDomainRequest: a response without end for pages of other origins, one JSON text a line',
        description: `Behind ${SHOWN_FROM_BYTES} bytes of padding. Empty lines are heartbeats. Ends in order after ${STREAM_BYTES} bytes.`,
        params: Params,
        querystring: ReceiveQuery,
        response: errors,
      },
    },
    (request, reply) => {
      const { readers, after, gone } = receive(rooms, request);
      stream(request, reply, readers, {
        contentType: 'text/plain; charset=utf-8',
        framing: lines,
        after,
        prelude: `${' '.repeat(SHOWN_FROM_BYTES - 1)}\n`,
        mostBytes: STREAM_BYTES,
        gone,
      });
    },
  );

  app.post(
    '/xdomainrequest',
    {
      schema: {
        tags,
        summary: 'XDomainRequest: say something',
        description: 'The body is JSON of the form of POST …/messages, whatever its Content-Type.',
        params: Params,
        // An answer without content fails in some versions.
        response: { 200: SentView, ...errors },
      },
    },
    async (request) => send(rooms, request.params.room, read(request.body)),
  );
};

/** @throws CodedError BAD_REQUEST. */
function read(text: unknown): SendBody {
  let body: unknown;
  try {
    body = JSON.parse(String(text));
  } catch {
    throw new CodedError('BAD_REQUEST', { message: 'The body is not JSON.' });
  }
  if (Value.Check(SendBody, body)) return body;
  const [first] = Value.Errors(SendBody, body);
  throw new CodedError('BAD_REQUEST', {
    message: `body${first?.instancePath ?? ''} ${first?.message ?? ''}`,
  });
}
