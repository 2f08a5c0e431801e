import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Sandbox, SandboxPool } from '../../server/sandbox/contract.ts';
import { startProgram, TestHost, testPool } from '../../server/sandbox/test-support.ts';
import type { Attack } from './attack.ts';
import { floods } from './floods.ts';
import { hostCalls } from './host-calls.ts';
import { loops, unstoppable } from './loops.ts';
import { memory, recursion } from './memory.ts';
import { pollution } from './pollution.ts';
import { endings, reaching } from './reaching.ts';
import { Neighbours } from './neighbours.ts';
import { storms } from './storms.ts';

const TOPICS: [title: string, attacks: Attack[]][] = [
  ['S7 a turn that', loops],
  ['S8 a builtin that', unstoppable],
  ['S9 memory: a program that', memory],
  ['S10 recursion: a program that', recursion],
  ['S11 a flood: a program that', floods],
  ['S1 pollution: a program that', pollution],
  ['S2 to S6 reaching out: a program that', reaching],
  ['S12 endings: a program that', endings],
  ['S16 a storm: a program that', storms],
  ['L4 answers of the host: a program that', hostCalls],
];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let pool: SandboxPool;
let neighbours: Neighbours;
const sockets: Socket[] = [];
let memoryBefore = 0;
let handlesBefore: Record<string, number> = {};
let hostile: Sandbox | undefined;

beforeAll(async () => {
  const limits = {
    turnMs: 300,
    silentMs: 500,
    memoryBytes: 12 * 1024 * 1024,
    timers: 1_000,
    startMs: 1_000,
    restartsPerMinute: 1_000,
  };
  pool = await testPool({ workers: 2, limits });
  neighbours = await Neighbours.start(pool, 20);
  await neighbours.allAnswer();
  memoryBefore = await settledMemory();
  handlesBefore = openHandles();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  hostile?.dispose();
  hostile = undefined;
  expect(pool.stats().sandboxes).toBe(20);
});
afterAll(async () => {
  await neighbours.close();
  await pool.close();
});

describe.each(TOPICS)('%s', (_topic, attacks) => {
  it.each(attacks)('$title', async (attack) => {
    const host = await run(attack);
    expect(host.ends).toBe(1);
    // On a loaded machine a neighbour may lose it its thread; then a line says so first.
    expect((await runAgain()).at(-1)).toBe('again');
    await neighbours.allAnswer();
  });
});

describe('S13, S18 after all of them', () => {
  it('holds no more timers, sockets and servers than before, and at most a fifth more memory', async () => {
    await expect.poll(openHandles).toEqual(handlesBefore);
    let rss = 0;
    // Workers collect garbage a second after they dropped an instance; V8 gives back its young generation when idle.
    await vi.waitFor(
      async () => {
        rss = await settledMemory();
        expect(rss).toBeLessThan(memoryBefore * 1.2);
      },
      { timeout: 60_000, interval: 1_000 },
    );
    console.log(`memory: ${megabytes(memoryBefore)} MB before the attacks, ${megabytes(rss)} MB after`);
  }, 90_000);
});

/** Kinds of open handles of this thread, timers aside that vitest's own polls come and go with. */
function openHandles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) {
    if (/TCP|Pipe|Worker|MessagePort/.test(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Bytes resident in the whole process after collections of garbage, here and, by restarts of runs, in the workers. */
async function settledMemory(): Promise<number> {
  for (let round = 0; round < 40; round++) await runAgain();
  collectGarbage();
  return process.memoryUsage.rss();
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

/** How long a program that may go on is left to itself. */
const PATIENCE_MS = 300;

/** Runs a hostile program until it has ended, or has shown that it does no harm. */
async function run({ code, send = [], ends, limit }: Attack): Promise<TestHost> {
  const host = new TestHost();
  const started = await startProgram(pool, code, host).catch(() => undefined);
  hostile = started?.sandbox;
  const patience = ends === 'itself' ? new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)) : host.end;
  if (started && host.servers.size > 0) {
    const answers = [send].flat().map((bytes) => sendAndWait(host, bytes));
    await Promise.race([Promise.all(answers), patience, host.end]);
  }
  if (ends === 'harmless') {
    await vi.waitFor(() => expect(host.ends > 0 || host.lines().includes('alive')).toBe(true), 5_000);
  } else await patience;
  started?.sandbox.dispose();
  const end = await host.end;
  const error = end.reason === 'error' ? end.error : undefined;
  expect(error?.code, error?.message).not.toBe('SANDBOX_LOST');
  if (ends === 'harmless') {
    expect(error).toBeUndefined();
    expect(host.lines()).toContain('alive');
  }
  if (typeof ends !== 'string') expect(ends).toContain(error?.code ?? end.reason);
  if (limit !== undefined) expect(error?.params).toMatchObject({ limit });
  if (error?.code === 'LIMIT_REACHED') expect(error.params?.value).toBeGreaterThan(0);
  return host;
}

/** The lab can be run again at once. */
async function runAgain(): Promise<string[]> {
  const host = new TestHost();
  await startProgram(pool, 'console.log("again");', host);
  await host.end;
  return host.lines();
}

/** Resolves when the connection is over, or nothing more comes because nobody reads here. */
async function sendAndWait(host: TestHost, bytes: string): Promise<void> {
  const socket = connect(host.realPort(), '127.0.0.1', () => socket.write(bytes));
  sockets.push(socket);
  socket.on('error', () => undefined);
  if (!bytes.includes('Connection: close')) return;
  socket.resume();
  await new Promise((resolve) => socket.once('close', resolve));
}
