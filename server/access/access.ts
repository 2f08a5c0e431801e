import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '../errors/index.ts';

/** How the browser that asked reaches this server. */
export interface Caller {
  /** Host name of the app as the browser wrote it, without port. */
  hostname: string;
  /** Origin of the app: the only window the learner's page talks to. */
  appOrigin: string;
}

const machine = hostname().toLowerCase();

/** Host header without port, lower case, IPv6 in brackets; '' when it is not of that form. */
export function hostnameOf(host: string): string {
  return /^(\[[0-9a-f:.]+\]|[^\s:/[\]@]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase() ?? '';
}

/** Whether no stranger can make this name point to us: addresses, localhost, this machine, the lab domain. */
function trustedHostname(name: string, labDomain: string | undefined): boolean {
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) return true;
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (name === machine || name === `${machine}.local`) return true;
  return labDomain !== undefined && (name === labDomain || name.endsWith(`.${labDomain}`));
}

/**
 * @throws CodedError HOST_REFUSED, and for API calls ORIGIN_REFUSED.
 */
export function checkAccess(request: FastifyRequest, labDomain: string | undefined): void {
  const { host = '', origin } = request.headers;
  checkHost(request, labDomain);
  if (!request.url.startsWith('/api/')) return;
  if (origin !== undefined && origin.replace(/^https?:\/\//, '') !== host) {
    throw new CodedError('ORIGIN_REFUSED', { params: { origin } });
  }
  // Sent by browsers only (Fetch Metadata): `none` is the address bar.
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new CodedError('ORIGIN_REFUSED', { params: { origin: origin ?? String(site) } });
  }
}

/** Whether this server is asked under a name of its own. @throws CodedError HOST_REFUSED. */
export function checkHost({ headers: { host = '' } }: FastifyRequest, labDomain: string | undefined): void {
  if (!trustedHostname(hostnameOf(host), labDomain))
    throw new CodedError('HOST_REFUSED', { params: { host } });
}

/**
 * Whether pages of `origin` are ours though not of the origin that is asked: the app's, or those of labs. They have
 * the host name that is asked for, on whatever port, or are of the lab domain.
 */
export function isNeighbour(origin: string, host: string, labDomain: string | undefined): boolean {
  const name = hostnameOf(origin.replace(/^https?:\/\//, ''));
  return (
    name !== '' && (name === hostnameOf(host) || (labDomain !== undefined && name.endsWith(`.${labDomain}`)))
  );
}

/** How the browser behind a checked request reaches this server. */
export function callerOf(request: FastifyRequest): Caller {
  const { host = 'localhost', origin } = request.headers;
  return { hostname: hostnameOf(host), appOrigin: origin ?? `http://${host}` };
}
