/** What the tap costs: requests a second with it, against the same stack without it. */
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Network, TappedSocket, type TapObserver } from '../server/tap/index.ts';
import { UNIMPAIRED } from '../server/telemetry/protocol.ts';
import { figure, report } from './support/figure.ts';
import { requestsPerSecond } from './support/load.ts';

const ROUNDS = 5;
const LOAD = { connections: 16, requests: 12_000 };

const network = new Network(UNIMPAIRED);
const tapped: number[] = [];
const untapped: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  untapped.push(await measure((socket) => socket));
  tapped.push(await measure((socket) => new TappedSocket(socket, { observer: recorder(), network })));
}
report([
  figure(
    'Throughput with the tap, of that without',
    '',
    tapped.map((rate, round) => rate / untapped[round]!),
    { atLeast: 0.7 },
  ),
]);

/** node:http given its connections by hand, each through `wrap`. */
async function measure(wrap: (socket: Socket) => Socket | TappedSocket): Promise<number> {
  const http = createHttpServer((_request, response) => {
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.end('hello\n');
  });
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    http.emit('connection', wrap(socket)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const rate = await requestsPerSecond({ ...LOAD, url: `http://127.0.0.1:${port}` });
  await new Promise((resolve) => server.close(resolve));
  return rate;
}

/** Keeps what it is told, as a lab does. */
function recorder(): TapObserver {
  const record: unknown[] = [];
  const keep = (...event: unknown[]): void => void record.push(event);
  return {
    bytes: keep,
    atProxy: keep,
    leftProxy: keep,
    arrived: keep,
    written: keep,
    silent: keep,
    ended: keep,
    closed: () => undefined,
  };
}
