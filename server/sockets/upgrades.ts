/** Requests for another protocol (RFC 9110 §7.8) that are answered in HTTP. */
import type { IncomingMessage } from 'node:http';
import type { onRequestHookHandler } from 'fastify';

/**
 * Closes the connection behind such an answer. node:http has let go of it, because somebody listens for upgrades: what
 * comes next on it would be read by nobody, and no timeout would end it. @fastify/websocket does the same within its
 * own scope, where it has to look at each response to do so.
 */
export const closeAnsweredUpgrades: onRequestHookHandler = (request, reply, done) => {
  const { upgrade, socket } = request.raw as IncomingMessage & { upgrade?: boolean };
  if (upgrade === true) reply.raw.once('finish', () => socket.destroy());
  done();
};
