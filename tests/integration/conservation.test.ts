import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConditionsBody } from '../../server/labs/protocol.ts';
import type { TelemetryEvent } from '../../server/telemetry/protocol.ts';
import { createLab, openWire, type TestLab, type Wire } from '../support/lab.ts';
import { type App, startApp } from '../support/server.ts';

/** Echoes every line, padded to 200 bytes; `flood` first sends 10 MB, as fast as it is taken. */
const ECHO = `
import { createServer } from 'node:net';
const flood = Buffer.alloc(250_000, 'flood');
createServer((socket) => {
  let rest = '';
  const queue = [];
  const answer = () => {
    while (queue.length > 0) if (!socket.write(queue.shift())) return void socket.once('drain', answer);
    socket.resume();
  };
  socket.on('data', (bytes) => {
    const lines = (rest + bytes).split('\\n');
    rest = lines.pop();
    if (lines[0] === 'flood') queue.push(...Array(40).fill(flood));
    queue.push(lines.map((line) => line.padEnd(199, '.') + '\\n').join(''));
    socket.pause();
    answer();
  });
  socket.on('end', () => socket.end());
  socket.on('error', () => {});
}).listen(8080);
`;
const FLOOD_BYTES = 40 * 250_000;

/** A busy machine takes its time. */
const PATIENT = { timeout: 90_000, interval: 100 };

const MESSAGES = 10_000;
const CONNECTIONS = 4;
const ANSWER_BYTES = 200;

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** Bytes that Linux counted for a socket at its own end: acknowledged by the peer, received from it. */
interface Counted {
  acked: number;
  received: number;
}

/** TCP_INFO of a socket that is still open, as `ss` prints it; null where there is no `ss`. */
async function countedByKernel(socket: Socket): Promise<Counted | null> {
  if (process.platform !== 'linux') return null;
  const filter = `sport = :${socket.localPort} and dport = :${socket.remotePort}`;
  const { stdout } = await promisify(execFile)('ss', ['-tinH', filter]).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return { stdout: null };
      throw error;
    },
  );
  if (stdout === null) return null;
  const figure = (name: string): number => Number(new RegExp(`\\b${name}:(\\d+)`).exec(stdout)?.[1] ?? 0);
  return { acked: figure('bytes_acked'), received: figure('bytes_received') };
}

/** What telemetry says went through a connection. */
interface Tapped {
  up: { entered: number; arrived: number };
  down: { entered: number; arrived: number };
}

/** Bytes on their way to a peer that does not take them. */
function heldBack(tap: Tapped | undefined): number {
  return tap ? tap.down.entered - tap.down.arrived : 0;
}

function tapped(events: TelemetryEvent[], port: number): Tapped | undefined {
  const connection = events.find((event) => event.type === 'connection' && event.remote.port === port);
  if (connection?.type !== 'connection') return undefined;
  const sum: Tapped = { up: { entered: 0, arrived: 0 }, down: { entered: 0, arrived: 0 } };
  for (const event of events) {
    if (!('connection' in event) || event.connection !== connection.connection) continue;
    if (event.type === 'bytes') {
      expect(event.offset).toBe(sum[event.direction].entered);
      sum[event.direction].entered += event.length;
    }
    if (event.type === 'arrived') sum[event.direction].arrived = event.end;
  }
  return sum;
}

/** Sends its share of the messages; a slow one is flooded, and reads nothing until the server is held back by that. */
async function client(
  lab: TestLab,
  wire: Wire,
  slow: boolean,
): Promise<{ tapped: Tapped; socket: Counted; kernel: Counted | null }> {
  const socket = connect(Number(new URL(lab.origin).port), '127.0.0.1');
  await once(socket, 'connect');
  const port = socket.localPort!;
  if (slow) {
    socket.write('flood\n');
    await expect.poll(() => heldBack(tapped(wire.events, port)), PATIENT).toBeGreaterThan(100_000);
  }
  let received = 0;
  socket.on('data', (bytes: Buffer) => (received += bytes.length));
  const lines = MESSAGES / CONNECTIONS;
  for (let sent = 0; sent < lines; sent++) socket.write(`message ${sent} of ${port}\n`);
  const expected = lines * ANSWER_BYTES + (slow ? FLOOD_BYTES + ANSWER_BYTES : 0);
  await expect.poll(() => received, PATIENT).toBe(expected);
  await expect.poll(() => tapped(wire.events, port)?.down.arrived).toBe(received);
  const kernel = await countedByKernel(socket);
  const counted = { acked: socket.bytesWritten, received: socket.bytesRead };
  socket.end();
  await once(socket, 'close');
  return { tapped: tapped(wire.events, port)!, socket: counted, kernel };
}

const NETWORKS: [string, ConditionsBody][] = [
  ['nothing in the way', {}],
  ['latency, jitter and a slow line', { latencyMs: 5, jitterMs: 5, bandwidth: 8_000_000 }],
  ['a buffering proxy', { proxy: 'buffering', latencyMs: 2 }],
];

describe.each(NETWORKS)('10,000 messages with %s', (_name, conditions) => {
  it('are tapped to the byte: as many as the kernel counted at the peer', { timeout: 180_000 }, async () => {
    const lab = await createLab(app.url, {
      files: { 'server.js': ECHO, 'client.js': '', 'index.html': '' },
      conditions,
    });
    const wire = await openWire(app.url, lab);
    const clients = await Promise.all(
      Array.from({ length: CONNECTIONS }, (_, index) => client(lab, wire, index === 0)),
    );
    for (const { tapped: tap, socket, kernel } of clients) {
      expect(tap.up).toEqual({ entered: socket.acked, arrived: socket.acked });
      expect(tap.down).toEqual({ entered: socket.received, arrived: socket.received });
      // The kernel counts the SYN it sent as a byte acknowledged.
      if (kernel) expect(kernel).toEqual({ acked: socket.acked + 1, received: socket.received });
    }
    expect(wire.events.some(({ type }) => type === 'gap')).toBe(false);
    wire.close();
    await lab.call('DELETE', '');
  });
});
