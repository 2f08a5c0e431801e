/**
 * The room as the server of a lab: the same plugins, reached on origins of the lab's own, over its recorded and
 * emulated network. That is where techniques that cross origins have an origin to cross to, where frames may be
 * framed, and where each transport of a race has six connections of its own.
 */
import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
// Gives route schemas their `hide`.
import type {} from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import { checkHost } from '../access/index.ts';
import { answerError, CodedError } from '../errors/index.ts';
import { closeAnsweredUpgrades } from '../sockets/index.ts';
import { checkOrigin } from './origins.ts';
import { chatPlugin, chatWebSocketPlugin } from './plugin.ts';
import type { Rooms } from './rooms.ts';

/** What opens ports for it: the lab. */
export interface PortOpener {
  listen(port: number, onConnection: (socket: Duplex) => void): Promise<{ close(): void }>;
}

export interface LabServer {
  /** Serves the room on so many ports. */
  start(ports: number, host: PortOpener): Promise<{ dispose(): void }>;
  /** The clock of `RoomEvent.at`. */
  now(): number;
  close(): Promise<void>;
}

export async function createLabServer(rooms: Rooms, labDomain: string | undefined): Promise<LabServer> {
  // It never listens: the lab hands over connections.
  let http!: Server;
  const app = fastify({
    forceCloseConnections: true,
    serverFactory: (handler) => (http = createServer(handler)),
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request) => {
    throw new CodedError('NOT_FOUND', { message: `There is nothing at ${request.url}.` });
  });
  app.addHook('onRequest', closeAnsweredUpgrades);
  app.addHook('onRequest', (request, _reply, done) => {
    checkHost(request, labDomain);
    checkOrigin(request, labDomain);
    done();
  });
  await app.register(chatPlugin, { rooms });
  await app.register(async (scope) => {
    await scope.register(websocket, { options: { maxPayload: 64 * 1024 }, preClose: sayGoodbye });
    await scope.register(chatWebSocketPlugin, { rooms });
  });
  await app.ready();

  return {
    now: () => rooms.clock.now(),
    async start(ports, host) {
      const listeners: { close(): void }[] = [];
      const serve = (socket: Duplex): boolean => http.emit('connection', socket);
      while (listeners.length < ports) listeners.push(await host.listen(0, serve));
      return { dispose: () => listeners.forEach((listener) => listener.close()) };
    },
    close: () => app.close(),
  };
}

/** Tells every WebSocket that the server goes away (RFC 6455 §7.4.1). */
export function sayGoodbye(this: FastifyInstance, done: () => void): void {
  for (const client of this.websocketServer.clients) client.close(1001, 'the server stops');
  this.websocketServer.close();
  done();
}
