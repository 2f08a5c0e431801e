/** 1,000 held polls, all released by each message and asked again at once: answers a second. */
import { inTurn, measure, ratio, type ContenderName } from './support/chat.ts';
import { figure, report } from './support/figure.ts';

const RECEIVERS = 1_000;
const ROUNDS = 5;
const NAMES = [
  'room, long polling',
  'node:http, held polls',
  'socket.io, polling',
] as const satisfies readonly ContenderName[];

const samples = await inTurn(NAMES, ROUNDS, (name) =>
  measure(name, RECEIVERS, { kind: 'throughput', inFlight: 1, ms: 1_500 }),
);
const perSecond = (name: ContenderName): number[] => samples.get(name)!.map((each) => each.perSecond);
report([
  ...NAMES.map((name) => figure(`${name}, answers`, '/s', perSecond(name))),
  ratio('  room to node:http', perSecond(NAMES[0]), perSecond(NAMES[1]), { atLeast: 0.85 }),
  ...NAMES.map((name) =>
    figure(
      `${name}, bytes for each message`,
      'B',
      samples.get(name)!.map((each) => each.bytesPerMessage),
    ),
  ),
]);
