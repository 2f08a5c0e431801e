/** Runs one subject in a process pinned to one core, and those who listen in another on the other core. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ChatLoad, ChatResult, Protocol } from './chat-load.ts';
import type { SubjectName } from './chat-subjects.ts';
import { figure, type Figure } from './figure.ts';

const ROOM = '/api/chat/bench';
/** One measurement takes seconds; what takes longer has lost a message, and would never end. */
const LOST_AFTER_MS = 60_000;

/** A subject, and how one listens to it. */
export interface Contender {
  name: string;
  subject: SubjectName;
  protocol: Protocol;
  path: string;
}

export const CONTENDERS = {
  'room, WebSocket': { subject: 'room', protocol: 'websocket', path: `${ROOM}/websocket` },
  'ws, naive loop': { subject: 'ws, naive', protocol: 'websocket', path: '/' },
  'ws, prebuilt frame': { subject: 'ws, prebuilt', protocol: 'websocket', path: '/' },
  'socket.io, WebSocket': { subject: 'socket.io', protocol: 'socket.io websocket', path: '' },
  'sockjs, WebSocket': { subject: 'sockjs', protocol: 'websocket', path: '/sockjs/000/session/websocket' },
  'room, SSE': { subject: 'room', protocol: 'stream', path: `${ROOM}/sse` },
  'node:http, SSE': { subject: 'node:http SSE', protocol: 'stream', path: '/' },
  'better-sse': { subject: 'better-sse', protocol: 'stream', path: '/' },
  'room, long polling': { subject: 'room', protocol: 'held', path: `${ROOM}/long-polling` },
  'node:http, held polls': { subject: 'node:http held', protocol: 'held', path: '/' },
  'Fastify alone, held polls': { subject: 'fastify held', protocol: 'held', path: '/' },
  'socket.io, polling': { subject: 'socket.io', protocol: 'socket.io polling', path: '' },
} satisfies Record<string, Omit<Contender, 'name'>>;

export type ContenderName = keyof typeof CONTENDERS;

/** Linux only; elsewhere the system places the processes. */
const canPin = process.platform === 'linux' && availableParallelism() > 1;

function start(core: number, script: string, args: string[] = []): ChildProcess {
  const path = fileURLToPath(new URL(`./${script}.js`, import.meta.url));
  const command = [process.execPath, '--expose-gc', path, ...args];
  const [program, ...rest] = canPin ? ['taskset', '-c', String(core), ...command] : command;
  return spawn(program!, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const [answer] = (await once(child, 'message', { signal: AbortSignal.timeout(LOST_AFTER_MS) })) as [
    T | { error: string },
  ];
  if (typeof answer === 'object' && answer !== null && 'error' in answer) throw new Error(answer.error);
  return answer as T;
}

/** One measurement with processes of its own. */
export async function measure(
  name: ContenderName,
  receivers: number,
  what: ChatLoad['measure'],
): Promise<ChatResult & { bytesPerConnection: number }> {
  const { subject, protocol, path } = CONTENDERS[name];
  const server = start(0, 'chat-server', [subject, String(receivers)]);
  const { port, orders } = await answerOf<{ port: number; orders: number }>(server);
  /** Resident memory once so many are connected. */
  const memory = async (connections: number): Promise<number> => {
    for (;;) {
      server.send('memory');
      const { bytes, connected } = await answerOf<{ bytes: number; connected: number }>(server);
      if (connected >= connections) return bytes;
    }
  };
  const before = what.kind === 'idle' ? await memory(0) : 0;
  const load = start(1, 'chat-load');
  // Each socket.io poller has a session of its own; sockjs wants an address for each.
  load.send({ port, orders, protocol, path, receivers, measure: what } satisfies ChatLoad);
  const result = await answerOf<ChatResult>(load);
  const after = what.kind === 'idle' ? await memory(receivers) : 0;
  for (const child of [load, server]) {
    child.disconnect();
    await once(child, 'exit');
  }
  return { ...result, bytesPerConnection: (after - before) / receivers };
}

/**
 * Measures all of them in turn, several rounds: what slows the machine down slows down all.
 *
 * @returns samples of each, in the order of the rounds.
 */
export async function inTurn<T>(
  names: readonly ContenderName[],
  rounds: number,
  sample: (name: ContenderName) => Promise<T>,
): Promise<Map<ContenderName, T[]>> {
  const samples = new Map<ContenderName, T[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) samples.get(name)!.push(await sample(name));
  }
  return samples;
}

/** How much one is of another, round by round. */
export function ratio(
  name: string,
  ours: readonly number[],
  theirs: readonly number[],
  bound: { atLeast: number } | { atMost: number },
): Figure {
  return figure(
    name,
    '×',
    ours.map((value, round) => value / theirs[round]!),
    bound,
  );
}
