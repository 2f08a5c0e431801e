/** 20 messages a second to 1,000 receivers: 99 % of the deliveries take no longer than this, from the order to publish. */
import { inTurn, measure, ratio, type ContenderName } from './support/chat.ts';
import { figure, report } from './support/figure.ts';

const RECEIVERS = 1_000;
const ROUNDS = 5;
const NAMES = [
  'room, WebSocket',
  'ws, naive loop',
  'room, SSE',
  'node:http, SSE',
] as const satisfies readonly ContenderName[];

const samples = await inTurn(NAMES, ROUNDS, (name) =>
  measure(name, RECEIVERS, { kind: 'delay', everyMs: 50, count: 60 }),
);
const p99 = (name: ContenderName): number[] => samples.get(name)!.map((each) => each.p99);
report([
  ...NAMES.map((name) => figure(`${name}, p99 at 20 messages/s`, 'ms', p99(name))),
  ratio('  room to bare ws', p99('room, WebSocket'), p99('ws, naive loop'), { atMost: 1 }),
  ratio('  room to bare SSE', p99('room, SSE'), p99('node:http, SSE'), { atMost: 1 }),
]);
