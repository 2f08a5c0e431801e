/** `http`: servers on the lab's ports, and clients of those same ports. */
import { EventEmitter, type Listener } from './events.ts';
import { ClientRequest, type RequestOptions } from './http-client.ts';
import { OutgoingHeaders } from './http-headers.ts';
import { IncomingMessage } from './http-incoming.ts';
import { ServerResponse } from './http-response.ts';
import { createServer, Server } from './http-server.ts';
import { METHODS, STATUS_CODES } from './http-status.ts';
import { checkName, checkValue } from './http-validate.ts';
import { URL } from './url.ts';
import { urlToHttpOptions } from './url-legacy.ts';

/** Accepted as an option; the main thread keeps the connections. */
export class Agent extends EventEmitter {
  readonly options: object;
  readonly keepAlive: boolean;
  maxSockets = Infinity;
  maxFreeSockets = 256;
  maxTotalSockets = Infinity;
  readonly defaultPort = 80;
  readonly protocol = 'http:';
  readonly sockets = {};
  readonly freeSockets = {};
  readonly requests = {};

  constructor(options: { keepAlive?: boolean } = {}) {
    super();
    this.options = { ...options };
    this.keepAlive = Boolean(options.keepAlive);
  }
  getName({ host = 'localhost', port = '' }: { host?: string; port?: number | string } = {}): string {
    return `${host}:${port}:`;
  }
  destroy(): void {
    return undefined;
  }
}

type Options = RequestOptions | string | URL;

/** `request(url | options, options?, listener?)` */
export function request(first: Options, second?: RequestOptions | Listener, third?: Listener): ClientRequest {
  const listener = typeof second === 'function' ? second : third;
  const more = typeof second === 'function' ? {} : second;
  return new ClientRequest({ ...optionsOf(first), ...more }, listener);
}

export function get(first: Options, second?: RequestOptions | Listener, third?: Listener): ClientRequest {
  return request(first, second, third).end();
}

function optionsOf(given: Options): RequestOptions {
  if (typeof given === 'string') return urlToHttpOptions(new URL(given));
  return given instanceof URL ? urlToHttpOptions(given) : given;
}

export const http = {
  Agent,
  ClientRequest,
  IncomingMessage,
  METHODS,
  OutgoingMessage: OutgoingHeaders,
  STATUS_CODES,
  Server,
  ServerResponse,
  createServer,
  get,
  globalAgent: new Agent({ keepAlive: true }),
  maxHeaderSize: 16 * 1024,
  request,
  setMaxIdleHTTPParsers: (): void => undefined,
  validateHeaderName: checkName,
  validateHeaderValue: checkValue,
};
