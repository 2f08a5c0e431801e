import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { allowOrigin } from '../origins.ts';
import { HoldQuery, PollView, SendBody, SentView } from '../protocol.ts';
import { errors, hold, Params, receive, tags, type TransportOptions } from '../receiving.ts';
import { send } from '../sending.ts';

/** How long a browser may remember a preflight, s; Chromium's own limit. */
const MAX_AGE_S = 7200;

/**
 * XMLHttpRequest across origins: held requests, which are simple and need no preflight, and JSON upwards, which does
 * (Fetch, "CORS-preflight fetch"). There are no credentials: members are known by their key.
 */
export const cors: FastifyPluginAsyncTypebox<TransportOptions> = async (app, { rooms }) => {
  app.addHook('onRequest', async (request, reply) => allowOrigin(request, reply));

  app.get(
    '/cors',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'CORS: long polling from a page of another origin',
        params: Params,
        querystring: HoldQuery,
        response: { 200: PollView, ...errors },
      },
    },
    (request, reply) => hold(receive(rooms, request), request, reply, 'application/json; charset=utf-8'),
  );

  app.post(
    '/cors',
    {
      schema: {
        tags,
        summary: 'CORS: say something from a page of another origin',
        params: Params,
        body: SendBody,
        response: { 201: SentView, ...errors },
      },
    },
    async (request, reply) => reply.code(201).send(send(rooms, request.params.room, request.body)),
  );

  app.options(
    '/cors',
    { schema: { tags, summary: 'CORS: the preflight of POST', params: Params } },
    async (_request, reply) =>
      reply
        .code(204)
        .header('access-control-allow-methods', 'GET, POST')
        .header('access-control-allow-headers', 'content-type')
        .header('access-control-max-age', MAX_AGE_S)
        .send(),
  );
};
