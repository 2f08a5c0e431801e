/** Resident memory of the process for each connection that waits, after a collection: 2,000 of them. */
import { inTurn, measure, type ContenderName } from './support/chat.ts';
import { figure, report } from './support/figure.ts';

const CONNECTIONS = 2_000;
const ROUNDS = 5;
const MOST_KB: Partial<Record<ContenderName, number>> = {
  'room, WebSocket': 11,
  'room, SSE': 12,
  'room, long polling': 12,
};
const NAMES = [
  'room, WebSocket',
  'ws, naive loop',
  'socket.io, WebSocket',
  'room, SSE',
  'node:http, SSE',
  'better-sse',
  'room, long polling',
  'node:http, held polls',
  'socket.io, polling',
] as const satisfies readonly ContenderName[];

const samples = await inTurn(NAMES, ROUNDS, (name) => measure(name, CONNECTIONS, { kind: 'idle' }));
report(
  NAMES.map((name) => {
    const most = MOST_KB[name as ContenderName];
    const kilobytes = samples.get(name)!.map((each) => each.bytesPerConnection / 1024);
    return figure(
      `${name}, one idle connection`,
      'KB',
      kilobytes,
      most === undefined ? undefined : { atMost: most },
    );
  }),
);
