/**
 * Turns errors into answers of the API.
 */
// For `reply.sendFile`, which the plugin declares.
import type {} from '@fastify/static';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorView } from '../labs/protocol.ts';
import { CodedError } from './coded-error.ts';
import { ERRORS, type ErrorCode } from './protocol.ts';

/** Fastify error handler: the table's status, and an `ErrorView`. */
export function answerError(
  error: FastifyError | CodedError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error instanceof CodedError) return send(reply, error.code, viewOf(error));
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    // Ours to mend: the only place where the server writes to its log by itself.
    console.error(`${request.method} ${request.url}`, error);
    return send(reply, 'INTERNAL', { code: 'INTERNAL', message: ERRORS.INTERNAL.text });
  }
  send(reply, 'BAD_REQUEST', { code: 'BAD_REQUEST', message: error.message });
}

/** Pages of the SPA for addresses a browser navigates to; NOT_FOUND for everything else. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): unknown {
  const page =
    (request.method === 'GET' || request.method === 'HEAD') &&
    !request.url.startsWith('/api/') &&
    !/\.\w+$/.test(request.url.split('?')[0]!);
  if (page && (request.headers.accept ?? '*/*').match(/text\/html|\*\/\*/)) {
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  }
  return send(reply, 'NOT_FOUND', { code: 'NOT_FOUND', message: `There is nothing at ${request.url}.` });
}

function send(reply: FastifyReply, code: ErrorCode, view: ErrorView): void {
  void reply.code(ERRORS[code].status).header('cache-control', 'no-store').send(view);
}

function viewOf(error: CodedError): ErrorView {
  return {
    code: error.code,
    message: error.message,
    ...(error.at && { file: error.at.file, line: error.at.line, column: error.at.column }),
    ...(error.params && { params: error.params }),
  };
}
