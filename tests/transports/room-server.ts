/** The room's plugins on a server of their own, with a clock that the test turns. */
import type { AddressInfo, Socket } from 'node:net';
import websocket from '@fastify/websocket';
import fastify from 'fastify';
import { Rooms } from '../../server/chat/rooms.ts';
import { chatPlugin, chatWebSocketPlugin, sayGoodbye } from '../../server/chat/index.ts';
import { handClock, type HandClock } from '../../server/chat/test-support.ts';
import { answerError } from '../../server/errors/index.ts';
import type { OpenRoom } from '../../server/chat/rooms.ts';

export interface RoomServer extends OpenRoom {
  /** Address of the room, without a slash at the end. */
  url: string;
  clock: HandClock;
  /** Open connections, the server's ends. */
  sockets: Set<Socket>;
  /** Says something as a member of its own; resolves when the turn that published it is over. */
  say(...texts: string[]): Promise<void>;
  close(): Promise<void>;
}

export async function startRoomServer(): Promise<RoomServer> {
  const clock = handClock();
  const rooms = new Rooms(clock);
  const app = fastify({ forceCloseConnections: true });
  app.setErrorHandler(answerError);
  await app.register(chatPlugin, { rooms, unlimited: true });
  await app.register(async (scope) => {
    await scope.register(websocket, { preClose: sayGoodbye });
    await scope.register(chatWebSocketPlugin, { rooms, unlimited: true });
  });
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const open = rooms.open('lobby');
  const speaker = open.room.join('speaker');
  let seq = 0;
  return {
    ...open,
    url: `http://127.0.0.1:${port}/api/chat/lobby`,
    clock,
    sockets,
    async say(...texts) {
      for (const text of texts) open.room.send(speaker, { seq: ++seq, text });
      await new Promise((resolve) => setImmediate(resolve));
    },
    close: () => app.close(),
  };
}
