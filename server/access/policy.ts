/**
 * Content-Security-Policy of the app's own pages.
 */
import type { IncomingMessage } from 'node:http';
import { hostnameOf } from './access.ts';

type Source = string | ((request: IncomingMessage) => string);

/**
 * Directives for @fastify/helmet. Nothing is allowed but our own origin, and as frames (and for the
 * self-check's fetch) the labs': other ports of the host that the browser itself named.
 */
export function contentSecurityPolicy(labDomain: string | undefined): Record<string, Source[]> {
  const labs: Source =
    labDomain !== undefined
      ? `http://*.${labDomain}:* https://*.${labDomain}:*`
      : (request) => `http://${hostnameOf(request.headers.host ?? '') || 'localhost'}:*`;
  const self = "'self'";
  return {
    'default-src': ["'none'"],
    'script-src': [self],
    // Monaco positions its lines by style attributes.
    'style-src': [self, "'unsafe-inline'"],
    'img-src': [self, 'data:'],
    'font-src': [self, 'data:'],
    'connect-src': [self, labs],
    'worker-src': [self],
    'frame-src': [labs],
    'manifest-src': [self],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
}
