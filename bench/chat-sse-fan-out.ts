/** As chat-websocket-fan-out, over server-sent events. */
import { inTurn, measure, ratio, type ContenderName } from './support/chat.ts';
import { figure, report, type Figure } from './support/figure.ts';

const RECEIVERS = 1_000;
const ROUNDS = 5;
const NAMES = ['room, SSE', 'node:http, SSE', 'better-sse'] as const satisfies readonly ContenderName[];

const figures: Figure[] = [];
for (const inFlight of [1, 4]) {
  const samples = await inTurn(NAMES, ROUNDS, (name) =>
    measure(name, RECEIVERS, { kind: 'throughput', inFlight, ms: 1_000 }),
  );
  const perSecond = (name: ContenderName): number[] => samples.get(name)!.map((each) => each.perSecond);
  for (const name of NAMES) figures.push(figure(`${name}, ${inFlight} in flight`, '/s', perSecond(name)));
  const room = perSecond('room, SSE');
  if (inFlight === 1) {
    figures.push(ratio('  room to res.write', room, perSecond('node:http, SSE'), { atLeast: 1.15 }));
    for (const name of NAMES) {
      const bytes = samples.get(name)!.map((each) => each.bytesPerMessage);
      figures.push(figure(`${name}, bytes for each message`, 'B', bytes));
    }
  } else {
    figures.push(ratio('  room to better-sse', room, perSecond('better-sse'), { atLeast: 2 }));
  }
}
report(figures);
