/**
 * Assembles the server in the order of the flow. No logic lives here.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import { checkAccess, contentSecurityPolicy } from './access/index.ts';
import { addressesPlugin } from './addresses/plugin.ts';
import { chatPlugin, chatWebSocketPlugin, createLabServer, Rooms, sayGoodbye } from './chat/index.ts';
import { answerError, answerNotFound } from './errors/index.ts';
import { createPlatform, Labs, labsPlugin } from './labs/index.ts';
import { lessonsPlugin } from './lessons/plugin.ts';
import { createSandboxPool, type SandboxPool } from './sandbox/index.ts';
import { closeAnsweredUpgrades, createSockets, type Sockets, type SocketsOptions } from './sockets/index.ts';

export interface AppOptions {
  /** Folder of the build: `client/`, `runtime.js`, `legacy.js`, `transports.js`, `server/sandbox/`. Ends with a slash. */
  dist: URL;
  sockets: SocketsOptions;
  /** Threads for sandboxes; as many as the machine has cores less one when not given. */
  workers?: number;
}

export interface App {
  server: FastifyInstance;
  labs: Labs;
  pool: SandboxPool;
}

/** Builds the app; the caller listens and closes. Closing ends all labs. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { dist } = options;
  const sockets = createSockets(options.sockets);
  const pool = createSandboxPool({ artifacts: new URL('server/sandbox/', dist), workers: options.workers });
  const read = (name: string): string => readFileSync(new URL(name, dist), 'utf8');
  const scripts = {
    runtime: read('runtime.js'),
    legacy: read('legacy.js'),
    transports: read('transports.js'),
  };
  const platform = createPlatform(scripts);
  const labDomain = options.sockets.domain?.name;
  const rooms = new Rooms();
  const room = await createLabServer(rooms, labDomain);
  const labs = new Labs({ pool, room, sockets, servePlatform: platform.serve });

  const server = fastify({
    // Browsers keep connections open; close() must not wait for them.
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
    serverFactory: (handler) =>
      labDomain ? withLabs(createServer(handler), sockets.route) : createServer(handler),
  }).withTypeProvider<TypeBoxTypeProvider>();

  server.setErrorHandler(answerError);
  server.addHook('onRequest', closeAnsweredUpgrades);
  server.addHook('onRequest', (request, _reply, done) => {
    checkAccess(request, labDomain);
    done();
  });
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy(labDomain) },
    // The app is served over plain http on loopback and in class rooms.
    strictTransportSecurity: false,
    // Labs are other origins in frames of this page; they need no isolation headers of ours.
    crossOriginOpenerPolicy: false,
    originAgentCluster: true,
    frameguard: { action: 'deny' },
  });
  await server.register(swagger, {
    openapi: {
      info: { title: '101 Switching Protocols', version: '1' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
  });
  await server.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true });

  server.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
  await server.register(lessonsPlugin);
  await server.register(async (scope) => {
    await scope.register(websocket, { options: { maxPayload: 64 * 1024 }, preClose: sayGoodbye });
    await scope.register(labsPlugin, { labs, scripts });
    await scope.register(chatWebSocketPlugin, { rooms });
  });
  await server.register(chatPlugin, { rooms });
  await server.register(addressesPlugin, { listening: options.sockets.addresses });

  await server.register(fastifyStatic, {
    root: new URL('client/', dist),
    wildcard: false,
    // The build lays `.gz` copies beside the files.
    preCompressed: true,
    setHeaders: (reply, path) => {
      // Vite puts a hash of the content into the names under assets/.
      const immutable = path.includes('/assets/');
      reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  server.setNotFoundHandler(answerNotFound);

  server.addHook('onClose', async () => {
    labs.close();
    platform.close();
    await Promise.all([room.close(), pool.close()]);
  });
  return { server, labs, pool };
}

/** Lets `route` look at each connection first: those for labs leave before HTTP reads them. */
function withLabs(server: HttpServer, route: Sockets['route']): HttpServer {
  const [http] = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  return server.on('connection', (socket: Socket) => route(socket, (own) => http!.call(server, own)));
}
