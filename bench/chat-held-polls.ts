/**
 * 1,000 held polls, all released by each message and asked again at once: answers a second, over the whole circle. Each
 * message is published when all are held, so the time of an answer is that of its request too. `node:http` does no less
 * than a server has to (cursor, one answer each, those who go) and Fastify alone is the same behind Fastify.
 */
import { inTurn, measure, ratio, type ContenderName } from './support/chat.ts';
import { figure, report } from './support/figure.ts';

const RECEIVERS = 1_000;
const ROUNDS = 5;
const NAMES = [
  'room, long polling',
  'node:http, held polls',
  'Fastify alone, held polls',
  'socket.io, polling',
] as const satisfies readonly ContenderName[];

const samples = await inTurn(NAMES, ROUNDS, (name) =>
  measure(name, RECEIVERS, { kind: 'throughput', inFlight: 1, ms: 1_500 }),
);
const perSecond = (name: ContenderName): number[] => samples.get(name)!.map((each) => each.perSecond);
report([
  ...NAMES.map((name) => figure(`${name}, answers`, '/s', perSecond(name))),
  ratio('  room to node:http', perSecond(NAMES[0]), perSecond(NAMES[1]), { atLeast: 0.85 }),
  ratio('  room to socket.io', perSecond(NAMES[0]), perSecond(NAMES[3]), { atLeast: 1 }),
  figure(
    '  Fastify alone to node:http',
    '×',
    perSecond(NAMES[2]).map((each, round) => each / perSecond(NAMES[1])[round]!),
  ),
  ...NAMES.map((name) =>
    figure(
      `${name}, bytes for each message`,
      'B',
      samples.get(name)!.map((each) => each.bytesPerMessage),
    ),
  ),
]);
