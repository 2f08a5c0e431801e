/** What the tests use of SockJS's server, which comes without types. */
declare module 'sockjs' {
  import type { Server } from 'node:http';
  interface Connection {
    on(event: 'data', listener: (message: string) => void): void;
    on(event: 'close', listener: () => void): void;
    write(message: string): void;
  }
  interface Service {
    on(event: 'connection', listener: (connection: Connection) => void): void;
    installHandlers(server: Server, options: { prefix: string }): void;
  }
  export function createServer(options: {
    sockjs_url?: string;
    log(): void;
    websocket?: boolean;
    jsessionid?: boolean;
  }): Service;
}
