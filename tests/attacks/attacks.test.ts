import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPool } from '../../server/sandbox/contract.ts';
import { startProgram, TestHost, testPool } from '../../server/sandbox/test-support.ts';
import type { Attack } from './attack.ts';
import { floods } from './floods.ts';
import { loops, unstoppable } from './loops.ts';
import { memory, recursion } from './memory.ts';
import { pollution } from './pollution.ts';
import { endings, reaching } from './reaching.ts';
import { Neighbours } from './neighbours.ts';

const TOPICS: [title: string, attacks: Attack[]][] = [
  ['S7 a turn that', loops],
  ['S8 a builtin that', unstoppable],
  ['S9 memory: a program that', memory],
  ['S10 recursion: a program that', recursion],
  ['S11 a flood: a program that', floods],
  ['S1 pollution: a program that', pollution],
  ['S2 to S6 reaching out: a program that', reaching],
  ['S12 endings: a program that', endings],
];

let pool: SandboxPool;
let neighbours: Neighbours;
const sockets: Socket[] = [];

beforeAll(async () => {
  const limits = { turnMs: 300, silentMs: 300, memoryBytes: 12 * 1024 * 1024, restartsPerMinute: 1_000 };
  pool = await testPool({ workers: 2, limits });
  neighbours = await Neighbours.start(pool, 20);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
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
    expect(await runAgain()).toEqual(['again']);
    await neighbours.allAnswer();
  });
});

/** Runs a hostile program until it has ended, or has shown that it does no harm. */
async function run({ code, send = [], ends, limit }: Attack): Promise<TestHost> {
  const host = new TestHost();
  const started = await startProgram(pool, code, host).catch(() => undefined);
  if (started && host.servers.size > 0) {
    await Promise.all([send].flat().map((bytes) => sendAndWait(host, bytes)));
  }
  if (ends === 'harmless') {
    await expect.poll(() => host.lines().includes('alive') || host.lines().join('\n')).toBe(true);
    started?.sandbox.dispose();
    const end = await host.end;
    expect(end.reason === 'error' ? end.error : end.reason).not.toHaveProperty('code');
    return host;
  }
  // A program that harmed only itself may go on; it is ended as a learner would.
  if (ends.length > 3 && started) setTimeout(() => started.sandbox.dispose(), 500);
  const end = await host.end;
  if (end.reason !== 'error') {
    expect(ends.length).toBeGreaterThan(3);
    return host;
  }
  expect(ends).toContain(end.error.code);
  if (limit !== undefined) expect(end.error.params).toMatchObject({ limit });
  if (end.error.code === 'LIMIT_REACHED') expect(end.error.params?.value).toBeGreaterThan(0);
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
  await Promise.race([new Promise((resolve) => socket.once('close', resolve)), host.end]);
}
