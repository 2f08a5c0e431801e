/**
 * The HTTP API of labs.
 *
 * In: requests under `/api/labs`. Out: calls on `Labs`, telemetry streams.
 * Knows nothing of how code is run or bytes are recorded.
 */
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { callerOf } from '../access/index.ts';
import { Capture } from '../tap/index.ts';
import { follow, overEventStream, overWebSocket } from '../telemetry/index.ts';
import type { Lab } from './lab.ts';
import { checkFiles, type Labs } from './labs.ts';
import type { PageScripts } from './page.ts';
import {
  ClockView,
  ConditionsBody,
  ConditionsView,
  CreatedLabView,
  CreateLabBody,
  CutBody,
  CutView,
  ErrorView,
  ExchangeBody,
  ExchangeView,
  LabView,
  PutFilesBody,
  RunBody,
} from './protocol.ts';

const Params = Type.Object({ id: Type.String() });
const errors = { '4xx': ErrorView, '5xx': ErrorView };
const tags = ['labs'];
const security = [{ token: [] }];

/** Token of a call: `Authorization: Bearer …`, or `?token=` where a browser cannot set headers. */
function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const { token } = request.query as { token?: unknown };
  return bearer ?? (typeof token === 'string' ? token : undefined);
}

/** The lab's wire since its last run began, as a pcapng file. */
async function* capture(lab: Lab, live: boolean, signal: AbortSignal): AsyncGenerator<Buffer> {
  const file = new Capture(lab.startedAt);
  yield Capture.header(lab.id);
  for await (const events of follow(lab.channel, lab.runBegan, { live, signal })) {
    const packets = file.write(events);
    if (packets.length > 0) yield packets;
  }
}

interface LabsOptions {
  labs: Labs;
  scripts: PageScripts;
}

export const labsPlugin: FastifyPluginAsyncTypebox<LabsOptions> = async (app, { labs, scripts }) => {
  const labOf = (request: FastifyRequest): Lab =>
    labs.find((request.params as { id: string }).id, tokenOf(request));

  app.post(
    '/api/labs',
    {
      schema: {
        tags,
        summary: 'Make a lab and run it',
        description: 'Answers once the first turn of server.js has run.',
        body: CreateLabBody,
        response: { 201: CreatedLabView, ...errors },
      },
    },
    async (request, reply) => {
      const { files, page = 'same-origin', conditions = {}, profile = null, room } = request.body;
      const lab = await labs.create({ files, page, conditions, profile, room }, callerOf(request));
      return reply.code(201).send({ ...lab.view(), token: lab.token });
    },
  );

  app.get(
    '/api/page-scripts/:name',
    {
      schema: {
        tags,
        summary: 'A script that labs put into their pages',
        description:
          'For a page that emulates an old browser without a lab: runtime.js first, then legacy.js.',
        params: Type.Object({ name: Type.Union([Type.Literal('runtime'), Type.Literal('legacy')]) }),
        produces: ['text/javascript'],
      },
    },
    async (request, reply) => reply.type('text/javascript; charset=utf-8').send(scripts[request.params.name]),
  );

  app.get(
    '/api/labs/:id',
    {
      schema: {
        tags,
        security,
        summary: 'Look at a lab',
        params: Params,
        response: { 200: LabView, ...errors },
      },
    },
    async (request) => labOf(request).view(),
  );

  app.put(
    '/api/labs/:id/files',
    {
      schema: {
        tags,
        security,
        summary: 'Replace the files; the next run uses them',
        params: Params,
        body: PutFilesBody,
        response: { 200: LabView, ...errors },
      },
    },
    async (request) => {
      const lab = labOf(request);
      checkFiles(request.body.files);
      lab.files = request.body.files;
      return lab.view();
    },
  );

  app.post(
    '/api/labs/:id/run',
    {
      schema: {
        tags,
        security,
        summary: 'End the present run and begin the next',
        params: Params,
        body: Type.Union([RunBody, Type.Null()]),
        response: { 200: LabView, ...errors },
      },
    },
    async (request) => {
      const lab = labOf(request);
      const { files, conditions, profile } = request.body ?? {};
      if (files !== undefined) {
        checkFiles(files);
        lab.files = files;
      }
      if (conditions !== undefined) lab.setConditions(conditions);
      if (profile !== undefined) lab.profile = profile;
      lab.caller = callerOf(request);
      await lab.start();
      return lab.view();
    },
  );

  app.post(
    '/api/labs/:id/stop',
    {
      schema: {
        tags,
        security,
        summary: 'End the run',
        params: Params,
        response: { 200: LabView, ...errors },
      },
    },
    async (request) => {
      const lab = labOf(request);
      lab.stop();
      return lab.view();
    },
  );

  app.delete(
    '/api/labs/:id',
    {
      schema: {
        tags,
        security,
        summary: 'Forget the lab',
        params: Params,
        response: { 204: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      labs.delete(labOf(request));
      return reply.code(204).send(null);
    },
  );

  app.patch(
    '/api/labs/:id/conditions',
    {
      schema: {
        tags,
        security,
        summary: 'Change the network, at once, also under open connections',
        params: Params,
        body: ConditionsBody,
        response: { 200: ConditionsView, ...errors },
      },
    },
    async (request) => labOf(request).setConditions(request.body),
  );

  app.post(
    '/api/labs/:id/cut',
    {
      schema: {
        tags,
        security,
        summary: 'Cut open connections: reset or silence, all or one, now or at a time',
        description: 'Connections that are made afterwards are whole.',
        params: Params,
        body: Type.Union([CutBody, Type.Null()]),
        response: { 200: CutView, ...errors },
      },
    },
    async (request) => labOf(request).cut(request.body ?? {}),
  );

  app.post(
    '/api/labs/:id/exchange',
    {
      schema: {
        tags,
        security,
        summary: 'Send bytes to a port of the lab, as they are, and read the answer',
        description:
          'Over a TCP connection of its own, which the telemetry marks as the workbench’s. It is hung up when the head of ' +
          'an answer has come and nothing follows.',
        params: Params,
        body: ExchangeBody,
        response: { 200: ExchangeView, ...errors },
      },
    },
    async (request) => labOf(request).exchange(request.body),
  );

  app.get(
    '/api/labs/:id/clock',
    {
      schema: {
        tags,
        security,
        summary: 'Lab time now, ms',
        params: Params,
        response: { 200: ClockView, ...errors },
      },
    },
    async (request) => {
      const lab = labOf(request);
      return { run: lab.run, t: lab.now() };
    },
  );

  app.get(
    '/api/labs/:id/capture.pcapng',
    {
      schema: {
        tags,
        security,
        summary: 'The run for Wireshark',
        description:
          'A pcapng file of the present run so far, or of the last one: the bytes at the browser’s end of the real ' +
          'sockets, with their times, ports and addresses; TCP and IP headers, handshakes and sequence numbers are ' +
          'made up around them, the checksums are valid. Bytes that were not recorded, or are no longer kept, are ' +
          'missing segments; comments say how many. With follow=1 it goes on live, also into later runs: ' +
          '`curl -sN "…/capture.pcapng?follow=1&token=…" | wireshark -k -i -`',
        params: Params,
        querystring: Type.Object({
          token: Type.Optional(Type.String()),
          follow: Type.Optional(Type.Union([Type.Literal('1'), Type.Literal('0')])),
        }),
        produces: ['application/x-pcapng'],
      },
    },
    (request, reply) => {
      const lab = labOf(request);
      const over = new AbortController();
      const file = Readable.from(capture(lab, request.query.follow === '1', over.signal));
      file.on('close', () => over.abort());
      return reply
        .type('application/x-pcapng')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="lab-${lab.id}.pcapng"`)
        .send(file);
    },
  );

  const Wire = Type.Object({
    token: Type.Optional(Type.String()),
    after: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Send what came after this event; 0: all that is kept.' }),
    ),
  });
  app.route({
    method: 'GET',
    url: '/api/labs/:id/wire',
    schema: {
      tags,
      security,
      summary: 'Telemetry, live',
      description:
        'A WebSocket upgrade, or the same messages as text/event-stream. See server/telemetry/protocol.ts.',
      params: Params,
      querystring: Wire,
    },
    handler: (request, reply) => {
      const lab = labOf(request);
      const resumeAt = Number(request.headers['last-event-id'] ?? request.query.after ?? 0);
      const head = Object.fromEntries(
        Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
      );
      reply.hijack();
      overEventStream(reply.raw, lab, Number.isFinite(resumeAt) ? resumeAt : 0, head);
    },
    wsHandler: (socket, request) => {
      const query = request.query as { after?: string | number };
      overWebSocket(socket, labOf(request), Number(query.after ?? 0) || 0);
    },
  });
};
