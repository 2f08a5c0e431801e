/** A tapped listener as tests need it: on a free port, read by node:http or by hand. */
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect } from 'vitest';
import { UNIMPAIRED, type Conditions } from '../telemetry/protocol.ts';
import { Network, TappedSocket, type AttributedWrite, type EndedBy } from './index.ts';

export interface Recording {
  up: Buffer;
  down: Buffer;
  arrived: { up: number; down: number };
  /** `up 5` when bytes below 5 arrived, `+up 5` when 5 bytes entered, `at down 5` and `left down 5` at the proxy. */
  order: string[];
  writes: AttributedWrite[];
  ended: Promise<{ by: EndedBy; error: string | undefined }>;
  /** Set when `ended` and `closed` were told. */
  over: { ended: boolean; closed: boolean };
  tapped: TappedSocket;
}

export interface Tapped {
  port: number;
  network: Network;
  recordings: Recording[];
}

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A real listener whose connections are tapped and read by node:http. */
export function tap(handler: RequestListener, conditions: Partial<Conditions> = {}): Promise<Tapped> {
  const http = createHttpServer(handler);
  return tapRaw((tapped) => http.emit('connection', tapped), conditions);
}

/** The same, read by whoever it is. */
export async function tapRaw(
  onConnection: (tapped: TappedSocket) => void,
  conditions: Partial<Conditions> = {},
): Promise<Tapped> {
  const network = new Network({ ...UNIMPAIRED, ...conditions });
  const recordings: Recording[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const recording = record(socket, network);
    recordings.push(recording);
    onConnection(recording.tapped);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    recordings.forEach(({ tapped }) => tapped.cut('reset', 'stop'));
  });
  return { port: (server.address() as AddressInfo).port, network, recordings };
}

function record(socket: Socket, network: Network): Recording {
  let end!: (value: { by: EndedBy; error: string | undefined }) => void;
  const recording = {
    up: Buffer.alloc(0),
    down: Buffer.alloc(0),
    arrived: { up: 0, down: 0 },
    order: [],
    writes: [],
    ended: new Promise((resolve) => (end = resolve)),
    over: { ended: false, closed: false },
  } as unknown as Recording;
  const { order, over } = recording;
  recording.tapped = new TappedSocket(socket, {
    network,
    observer: {
      bytes(_at, direction, offset, copy, by) {
        expect(over.ended).toBe(false);
        expect(offset).toBe(recording[direction].length);
        recording[direction] = Buffer.concat([recording[direction], copy]);
        order.push(`+${direction} ${copy.length}${by ? ` by ${by}` : ''}`);
      },
      atProxy: (_at, direction, until) => order.push(`at ${direction} ${until}`),
      leftProxy: (_at, direction, until) => order.push(`left ${direction} ${until}`),
      arrived(_at, direction, until) {
        expect(over.ended).toBe(false);
        recording.arrived[direction] = until;
        order.push(`${direction} ${until}`);
      },
      written: (_at, write) => recording.writes.push(write),
      silent: () => order.push('silent'),
      ended(_at, by, error) {
        expect(over.ended).toBe(false);
        over.ended = true;
        end({ by, error });
      },
      closed() {
        expect(over.closed).toBe(false);
        over.closed = true;
      },
    },
  });
  return recording;
}

/** Sends `parts` as they are and resolves with all that came back until the server closed. */
export async function raw(port: number, ...parts: (string | Buffer)[]): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  for (const part of parts) socket.write(part);
  await once(socket, 'close');
  return Buffer.concat(received);
}

export const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
