/**
 * `GET /api/addresses`: where others reach the app, for a page that invites them.
 *
 * In: what the server listens on. Out: origins, from this machine's networks as they are now.
 * Knows nothing of rooms, or of what is shown.
 */
import { networkInterfaces } from 'node:os';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { asHost, externalAddresses } from './addresses.ts';
import { AddressesView } from './protocol.ts';

interface Options {
  /** Addresses that the app listens on. */
  listening: readonly string[];
}

export const addressesPlugin: FastifyPluginAsyncTypebox<Options> = async (app, { listening }) => {
  app.get(
    '/api/addresses',
    {
      schema: {
        tags: ['addresses'],
        summary: 'Tell where others reach the app',
        response: { 200: AddressesView },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const port = request.socket.localPort;
      const hosts = externalAddresses(listening, networkInterfaces()).map(asHost);
      return { origins: hosts.map((host) => `http://${host}:${port}`) };
    },
  );
};
