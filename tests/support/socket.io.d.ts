/** What the tests use of the server of Socket.IO 0.9, which comes without types. */
declare module 'socket.io' {
  import type { Server } from 'node:http';
  interface Socket {
    on(event: 'message', listener: (message: string) => void): void;
    send(message: string): void;
  }
  interface Manager {
    sockets: { on(event: 'connection', listener: (socket: Socket) => void): void };
  }
  export function listen(server: Server, options: Record<string, unknown>): Manager;
}
