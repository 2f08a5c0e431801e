/** Clients of the recorded runs. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';

export interface Client {
  /** Writes (latin1) and waits until the kernel has it, so that what follows is a read of its own. */
  send(...parts: (string | Buffer)[]): Promise<void>;
  /** Until the server has said this, from where the last call left off; or has ended. */
  heard(text: string): Promise<void>;
  /** Ends, and waits for the server to. */
  end(): Promise<void>;
  /** Resolves when both have ended. */
  closed: Promise<void>;
  socket: Socket;
}

/** A raw TCP client. */
export async function dial(origin: string): Promise<Client> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  let text = '';
  let over = false;
  let look = (): void => undefined;
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    look();
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) =>
    socket.on('close', () => {
      over = true;
      look();
      resolve();
    }),
  );
  await once(socket, 'connect');
  return {
    socket,
    closed,
    async send(...parts) {
      for (const part of parts) {
        await new Promise<void>((resolve) => {
          socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part, () => resolve());
        });
        // The next write is a segment of its own when this one was read.
        await new Promise((resolve) => setTimeout(resolve, 4));
      }
    },
    heard: (wanted) =>
      new Promise((resolve) => {
        look = () => {
          const at = text.indexOf(wanted);
          if (at < 0 && !over) return;
          text = text.slice(at + wanted.length);
          look = () => undefined;
          resolve();
        };
        look();
      }),
    async end() {
      socket.end();
      await closed;
    },
  };
}

/** Sends `parts` and reads until the server ends. */
export async function say(origin: string, ...parts: (string | Buffer)[]): Promise<void> {
  const client = await dial(origin);
  await client.send(...parts);
  await client.closed;
}

/** A WebSocket client: `ws` unless the bytes are to be odd. */
export async function openWebSocket(
  origin: string,
  options: ClientOptions & { protocols?: string[] } = {},
): Promise<{ socket: WebSocket; messages: (count: number) => Promise<void>; close: () => Promise<void> }> {
  const { protocols = [], ...rest } = options;
  const socket = new WebSocket(origin.replace('http', 'ws') + '/chat', protocols, {
    perMessageDeflate: false,
    ...rest,
  });
  let received = 0;
  let look = (): void => undefined;
  socket.on('message', () => {
    received++;
    look();
  });
  socket.on('pong', () => {
    received++;
    look();
  });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await once(socket, 'open');
  return {
    socket,
    messages: (count) =>
      new Promise((resolve) => {
        look = () => received >= count && resolve();
        look();
      }),
    async close() {
      if (socket.readyState === socket.OPEN) socket.close(1000, 'bye');
      await closed;
    },
  };
}

/** The head of a WebSocket upgrade by hand. */
export const UPGRADE =
  'GET /chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';

/** A frame as a client sends it, masked with 01 02 03 04; `mask: false` breaks the rule. */
export function frame(first: number, payload: string | Buffer = '', mask = true): Buffer {
  const bytes = Buffer.from(payload);
  const length =
    bytes.length < 126 ? Buffer.of(bytes.length) : Buffer.of(126, bytes.length >> 8, bytes.length & 255);
  if (mask) {
    length[0]! |= 0x80;
    for (let at = 0; at < bytes.length; at++) bytes[at]! ^= 1 + (at & 3);
  }
  return Buffer.concat([Buffer.of(first), length, mask ? Buffer.of(1, 2, 3, 4) : Buffer.alloc(0), bytes]);
}
