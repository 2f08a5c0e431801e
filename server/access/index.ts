/**
 * Who may talk to the app: its own pages and local tools, no other web site.
 *
 * In: request headers. Out: nothing, or CodedError HOST_REFUSED / ORIGIN_REFUSED.
 * Knows nothing of labs.
 *
 * Two attacks are meant. DNS rebinding: a site's own name resolves to our address, so its pages are
 * same-origin with us; hence the Host must be a name no stranger can own. Drive-by: any site can send
 * requests to `http://localhost:3000`; hence the Origin must be ours and Sec-Fetch-Site must agree.
 */
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '../errors/index.ts';
import type { Caller } from '../labs/lab.ts';

const machine = hostname().toLowerCase();

/** Host header without port, lower case, IPv6 in brackets; '' when it is not of that form. */
export function hostnameOf(host: string): string {
  return /^(\[[0-9a-f:.]+\]|[^\s:/[\]@]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase() ?? '';
}

/** Whether no stranger can make this name point to us: addresses, localhost, this machine, the lab domain. */
export function trustedHostname(name: string, labDomain: string | undefined): boolean {
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
  if (!trustedHostname(hostnameOf(host), labDomain))
    throw new CodedError('HOST_REFUSED', { params: { host } });
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

/** How the browser behind a checked request reaches this server. */
export function callerOf(request: FastifyRequest): Caller {
  const { host = 'localhost', origin } = request.headers;
  return { hostname: hostnameOf(host), appOrigin: origin ?? `http://${host}` };
}
