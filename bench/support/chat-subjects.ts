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
import { chatPlugin, Rooms } from '../../server/chat/index.ts';

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

export const SUBJECTS = {
  async room(): Promise<Subject> {
    const rooms = new Rooms();
    const app = fastify();
    await app.register(websocket);
    await app.register(chatPlugin, { rooms, unlimited: true });
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
    let held: ServerResponse[] = [];
    const http = createServer((_request, response) => {
      held.push(response);
    });
    return {
      http,
      publish() {
        const text = JSON.stringify({ cursor: '0123456789-1', events: [message()] });
        const all = held;
        held = [];
        for (const response of all) {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
          response.end(text);
        }
      },
      connected: () => held.length,
    };
  },
} satisfies Record<string, () => Promise<Subject>>;

export type SubjectName = keyof typeof SUBJECTS;
