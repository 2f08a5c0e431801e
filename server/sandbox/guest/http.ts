/** `http`: servers. Clients come with a later issue; asking for one says so at once. */
import { METHODS, STATUS_CODES } from './http-status.ts';
import { IncomingMessage } from './http-incoming.ts';
import { ServerResponse } from './http-response.ts';
import { createServer, Server } from './http-server.ts';
import { checkName, checkValue } from './http-validate.ts';
import { nodeError } from './node-error.ts';

function absent(name: string): () => never {
  return () => {
    throw nodeError(
      'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      `http.${name} is not available in a lab: server.js answers requests, client.js makes them.`,
    );
  };
}

export const http = {
  METHODS,
  STATUS_CODES,
  IncomingMessage,
  ServerResponse,
  OutgoingMessage: ServerResponse,
  Server,
  createServer,
  validateHeaderName: checkName,
  validateHeaderValue: checkValue,
  maxHeaderSize: 16 * 1024,
  request: absent('request'),
  get: absent('get'),
};
