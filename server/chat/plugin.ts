/**
 * The HTTP API of the room: joining, saying something, and one plugin for each technique of being told.
 * WebSocket is a plugin beside it: @fastify/websocket, which it needs, listens to each response of its scope, and held
 * polls would pay for that (see `held-requests.ts`).
 *
 * In: requests under `/api/chat/<room>`. Out: calls on `Rooms`, answers and streams.
 * Knows nothing of labs, or of what a page does with what it is told.
 */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CALLS_PER_S, JOINS_PER_S, SENDS_PER_S } from './limits.ts';
import { JoinBody, JoinedView, LeaveBody, RoomView, SendBody, SentView } from './protocol.ts';
import { limited, RateLimit } from './rate-limit.ts';
import { errors, Params, tags, type TransportOptions } from './receiving.ts';
import { send } from './sending.ts';
import { cors } from './transports/cors.ts';
import { foreverIframe } from './transports/forever-iframe.ts';
import { htmlfile } from './transports/htmlfile.ts';
import { jsonp } from './transports/jsonp.ts';
import { longPolling } from './transports/long-polling.ts';
import { polling } from './transports/polling.ts';
import { sse } from './transports/sse.ts';
import { websocket } from './transports/websocket.ts';
import { xdomainrequest } from './transports/xdomainrequest.ts';
import { xhrStreaming } from './transports/xhr-streaming.ts';

const TRANSPORTS = [
  polling,
  longPolling,
  xhrStreaming,
  foreverIframe,
  htmlfile,
  sse,
  cors,
  xdomainrequest,
  jsonp,
];

const PREFIX = '/api/chat/:room';

export const chatPlugin: FastifyPluginAsyncTypebox<TransportOptions> = async (
  app,
  { rooms, unlimited = false },
) => {
  const atMost = (max: number) => limited(new RateLimit(unlimited ? Infinity : max, rooms.clock));
  app.addHook('onRequest', atMost(CALLS_PER_S));
  app.addHook('preClose', () => rooms.close());

  app.get(
    PREFIX,
    { schema: { tags, summary: 'Look at a room', params: Params, response: { 200: RoomView, ...errors } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return rooms.open(request.params.room).room.view();
    },
  );

  app.post(
    `${PREFIX}/members`,
    {
      onRequest: atMost(JOINS_PER_S),
      schema: {
        tags,
        summary: 'Join',
        description: 'The key of the answer says who sends. A member of whom nothing is heard has left.',
        params: Params,
        body: JoinBody,
        response: { 201: JoinedView, ...errors },
      },
    },
    async (request, reply) => {
      const { room } = rooms.open(request.params.room);
      const { id, name, key } = room.join(request.body.name);
      return reply.code(201).send({ ...room.view(), member: { id, name }, key });
    },
  );

  app.post(
    `${PREFIX}/leave`,
    {
      schema: {
        tags,
        summary: 'Leave',
        params: Params,
        body: LeaveBody,
        response: { 204: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      const { room } = rooms.open(request.params.room);
      room.leave(room.member(request.body.key));
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${PREFIX}/messages`,
    {
      onRequest: atMost(SENDS_PER_S),
      schema: {
        tags,
        summary: 'Say something',
        params: Params,
        body: SendBody,
        response: { 201: SentView, ...errors },
      },
    },
    async (request, reply) => reply.code(201).send(send(rooms, request.params.room, request.body)),
  );

  for (const transport of TRANSPORTS) await app.register(transport, { rooms, prefix: PREFIX });
};

/** The room over WebSocket. Its scope has @fastify/websocket. */
export const chatWebSocketPlugin: FastifyPluginAsyncTypebox<TransportOptions> = async (app, options) => {
  await app.register(websocket, { ...options, prefix: PREFIX });
};
