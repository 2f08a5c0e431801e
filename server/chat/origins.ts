/**
 * Whose pages may reach the room. On the app's origin that is decided before (`server/access`); on an origin of a lab,
 * the app's pages and those of labs: pages of the same computer.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isNeighbour } from '../access/index.ts';
import { CodedError } from '../errors/index.ts';

/** @throws CodedError ORIGIN_REFUSED for pages of strangers; tools that send no Origin are none. */
export function checkOrigin(request: FastifyRequest, labDomain: string | undefined): void {
  const { host = '', origin } = request.headers;
  if (origin !== undefined && !isNeighbour(origin, host, labDomain)) {
    throw new CodedError('ORIGIN_REFUSED', { params: { origin } });
  }
  // A script element sends no Origin, but says where its page is from.
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    throw new CodedError('ORIGIN_REFUSED', { params: { origin: origin ?? 'cross-site' } });
  }
}

/** Lets the page that asks read the answer: it has been checked. */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  // Set on Node's response: held requests and streams are answered past Fastify's reply.
  reply.raw.setHeader('access-control-allow-origin', origin);
  // The next page that asks is another one: an answer in a cache is for this one only.
  reply.raw.setHeader('vary', 'Origin');
}
