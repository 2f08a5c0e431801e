/**
 * Messages of 100 bytes to 1,000 receivers over WebSocket, delivered a second. Publishes come on connections of their
 * own, each a `data` event of its own; so many are in flight: the next is ordered when everyone has one of them. With
 * more than one in flight those that come while a turn writes share the next turn, and the room writes them at once.
 */
import { inTurn, measure, ratio, type ContenderName } from './support/chat.ts';
import { figure, report, type Figure } from './support/figure.ts';

const RECEIVERS = 1_000;
const ROUNDS = 5;
const NAMES = [
  'room, WebSocket',
  'ws, naive loop',
  'ws, prebuilt frame',
  'socket.io, WebSocket',
  'sockjs, WebSocket',
] as const satisfies readonly ContenderName[];

const figures: Figure[] = [];
for (const inFlight of [1, 4, 8]) {
  const names = inFlight === 8 ? (['room, WebSocket', 'ws, naive loop'] as const) : NAMES;
  const samples = await inTurn(names, ROUNDS, (name) =>
    measure(name, RECEIVERS, { kind: 'throughput', inFlight, ms: 1_000 }),
  );
  const perSecond = (name: ContenderName): number[] => samples.get(name)!.map((each) => each.perSecond);
  const [room, naive] = [perSecond('room, WebSocket'), perSecond('ws, naive loop')];
  for (const name of names) figures.push(figure(`${name}, ${inFlight} in flight`, '/s', perSecond(name)));
  if (inFlight === 1) {
    const best = naive.map((value, round) => Math.max(value, perSecond('ws, prebuilt frame')[round]!));
    figures.push(ratio('  room to the better ws loop', room, best, { atLeast: 0.95 }));
    for (const name of names) {
      const bytes = samples.get(name)!.map((each) => each.bytesPerMessage);
      figures.push(figure(`${name}, bytes for each message`, 'B', bytes));
    }
  }
  if (inFlight === 4) {
    figures.push(ratio('  room to naive ws', room, naive, { atLeast: 2.5 }));
    figures.push(ratio('  room to socket.io', room, perSecond('socket.io, WebSocket'), { atLeast: 3 }));
  }
}
report(figures);
