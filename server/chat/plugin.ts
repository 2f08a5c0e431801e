/**
 * The HTTP API of the room: joining, saying something, and one plugin for each technique of being told.
 *
 * In: requests under `/api/chat/<room>`. Out: calls on `Rooms`, answers and streams.
 * Knows nothing of labs, or of what a page does with what it is told.
 */
import rateLimit from '@fastify/rate-limit';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CodedError } from '../errors/index.ts';
import { JOINS_PER_S, RECEIVES_PER_S, SENDS_PER_S } from './limits.ts';
import { JoinBody, JoinedView, LeaveBody, RoomView, SendBody, SentView } from './protocol.ts';
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
  websocket,
];

const PREFIX = '/api/chat/:room';

const perSecond = (max: number) => ({ rateLimit: { max, timeWindow: 1_000 } });

export const chatPlugin: FastifyPluginAsyncTypebox<TransportOptions> = async (
  app,
  { rooms, unlimited = false },
) => {
  await app.register(rateLimit, {
    // By default what receives; what publishes has limits of its own.
    max: RECEIVES_PER_S,
    timeWindow: 1_000,
    allowList: () => unlimited,
    // A connection of a lab has no address of its own; then the lab's port stands for it.
    keyGenerator: ({ ip, headers }) => ip ?? headers.host ?? '',
    // Only a refusal tells: on every answer they would be overhead.
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    errorResponseBuilder: (_request, { max }) => new CodedError('RATE_LIMITED', { params: { limit: max } }),
  });
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
      config: perSecond(JOINS_PER_S),
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
      config: perSecond(SENDS_PER_S),
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
