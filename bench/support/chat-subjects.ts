/**
 * What the room's figures compare: the room, and its peers doing the same with as little as they take. Each publishes
 * one JSON text of about 100 bytes to everyone who is connected.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import websocket from '@fastify/websocket';
import { createChannel, createSession } from 'better-sse';
import fastify from 'fastify';
import { Server as SocketIo } from 'socket.io-4';
import sockjs, { type Connection as SockJsConnection } from 'sockjs';
import { WebSocketServer } from 'ws';
import { chatPlugin, chatWebSocketPlugin, Rooms } from '../../server/chat/index.ts';

export interface Subject {
  http: Server;
  publish(): void;
  /** Connections that are served and would be told now. */
  connected(): number;
}

/** Stands once in each message and nowhere else: receivers count it. */
const MARK = '~';
let count = 0;

/** 100 bytes, as long as the room's own. */
function message(): object {
  return {
    type: 'message',
    id: `0123456789-${++count}`,
    at: 1_795_690_981_245.622,
    text: `${MARK}${'x'.repeat(27)}`,
  };
}

/**
 * Held polls with as little as a correct server takes: the cursor of each is read, who is behind is answered at once,
 * whoever waits is answered once with what came after its cursor, and who goes is forgotten. It lets go of what is
 * answered as the room does, without which it would be measured on its garbage.
 */
class BarePolls {
  readonly #events: string[] = [];
  readonly #held = new Set<{ response: ServerResponse | undefined }>();

  get size(): number {
    return this.#held.size;
  }

  hold(url: string, response: ServerResponse): void {
    const after = Number(/[?&]after=\d+-(\d+)/.exec(url)?.[1] ?? this.#events.length);
    if (after < this.#events.length) return this.#answer(response, this.#body(after));
    const poll = { response: response as ServerResponse | undefined };
    this.#held.add(poll);
    response.on('close', () => this.#held.delete(poll));
  }

  publish(): void {
    this.#events.push(JSON.stringify(message()));
    const all = [...this.#held];
    this.#held.clear();
    // Who is held has everything before.
    const body = this.#body(this.#events.length - 1);
    for (const poll of all) {
      const response = poll.response!;
      poll.response = undefined;
      this.#answer(response, body);
    }
  }

  #body(after: number): string {
    return `{"cursor":"0123456789-${this.#events.length}","events":[${this.#events.slice(after).join()}]}`;
  }

  #answer(response: ServerResponse, body: string): void {
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
    });
    response.end(body);
  }
}

export const SUBJECTS = {
  async room(): Promise<Subject> {
    const rooms = new Rooms();
    const app = fastify();
    await app.register(chatPlugin, { rooms, unlimited: true });
    await app.register(async (scope) => {
      await scope.register(websocket);
      await scope.register(chatWebSocketPlugin, { rooms, unlimited: true });
    });
    await app.ready();
    const { room, readers, held } = rooms.open('bench');
    return {
      http: app.server,
      publish: () => void room.publish({ type: 'message', from: { id: 1, name: 'a' }, text: MARK }),
      connected: () => readers.size + held.size,
    };
  },

  /** The loop that everyone writes first. */
  async 'ws, naive'(): Promise<Subject> {
    const http = createServer();
    const { clients } = new WebSocketServer({ server: http });
    return {
      http,
      publish() {
        const text = JSON.stringify(message());
        for (const client of clients) client.send(text);
      },
      connected: () => clients.size,
    };
  },

  /** One frame, made once, written to each socket: the best loop that `ws` allows. */
  async 'ws, prebuilt'(): Promise<Subject> {
    const http = createServer();
    const sockets = new Set<Socket>();
    new WebSocketServer({ server: http }).on('connection', (client, { socket }) => {
      sockets.add(socket);
      client.on('close', () => sockets.delete(socket));
    });
    return {
      http,
      publish() {
        const text = Buffer.from(JSON.stringify(message()));
        const frame = Buffer.concat([Buffer.from([0x81, text.length]), text]);
        for (const socket of sockets) socket.write(frame);
      },
      connected: () => sockets.size,
    };
  },

  async 'socket.io'(): Promise<Subject> {
    const http = createServer();
    const io = new SocketIo(http, { serveClient: false });
    return {
      http,
      publish: () => void io.emit('message', message()),
      connected: () => io.sockets.sockets.size,
    };
  },

  async sockjs(): Promise<Subject> {
    const http = createServer();
    const connections = new Set<SockJsConnection>();
    const server = sockjs.createServer({ log: () => undefined });
    server.on('connection', (connection) => {
      connections.add(connection);
      connection.on('close', () => connections.delete(connection));
    });
    server.installHandlers(http, { prefix: '/sockjs' });
    return {
      http,
      publish() {
        const text = JSON.stringify(message());
        for (const connection of connections) connection.write(text);
      },
      connected: () => connections.size,
    };
  },

  async 'node:http SSE'(): Promise<Subject> {
    const responses = new Set<ServerResponse>();
    const http = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      responses.add(response);
      response.on('close', () => responses.delete(response));
    });
    return {
      http,
      publish() {
        const text = `id: ${++count}\ndata: ${JSON.stringify(message())}\n\n`;
        for (const response of responses) response.write(text);
      },
      connected: () => responses.size,
    };
  },

  async 'better-sse'(): Promise<Subject> {
    const channel = createChannel();
    const http = createServer(async (request, response) => {
      channel.register(await createSession(request, response));
    });
    return {
      http,
      publish: () => void channel.broadcast(message(), 'message'),
      connected: () => channel.sessionCount,
    };
  },

  async 'node:http held'(): Promise<Subject> {
    const polls = new BarePolls();
    const http = createServer((request, response) => polls.hold(request.url!, response));
    return { http, publish: () => polls.publish(), connected: () => polls.size };
  },

  /** The same behind Fastify without a plugin, a schema or a hook: what it costs by itself. */
  async 'fastify held'(): Promise<Subject> {
    const polls = new BarePolls();
    const app = fastify();
    app.get('/', (request, reply) => {
      reply.hijack();
      polls.hold(request.url, reply.raw);
    });
    await app.ready();
    return { http: app.server, publish: () => polls.publish(), connected: () => polls.size };
  },
} satisfies Record<string, () => Promise<Subject>>;

export type SubjectName = keyof typeof SUBJECTS;
