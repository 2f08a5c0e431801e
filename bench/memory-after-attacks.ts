/** Memory of the app's process after every hostile program of `tests/attacks/`, against before, when it was warm. */
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Attack } from '../tests/attacks/attack.ts';
import { floods } from '../tests/attacks/floods.ts';
import { hostCalls } from '../tests/attacks/host-calls.ts';
import { loops, unstoppable } from '../tests/attacks/loops.ts';
import { memory, recursion } from '../tests/attacks/memory.ts';
import { pollution } from '../tests/attacks/pollution.ts';
import { endings, reaching } from '../tests/attacks/reaching.ts';
import { storms } from '../tests/attacks/storms.ts';
import { createLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';

const ATTACKS = [
  ...[loops, unstoppable, memory, recursion, floods, pollution, reaching, endings, storms, hostCalls],
].flat();
const NEIGHBOURS = 20;
/** Labs made, asked and dropped again: what every process pays once is paid before the first attack. */
const WARM_UP_LABS = 120;
const AT_ONCE = 3;
/** Longer than a turn may take, and than a builtin may be silent. */
const ATTACK_MS = 1_500;
/** Between two questions to a neighbour; a refused one is asked again ten times as soon, this often. */
const PAUSE_MS = 1_000;
const PATIENCE = 50;
/** V8 gives back what an idle process does not need within this time. */
const REST_MS = 45_000;
const SAMPLES = 5;

const app = await startApp();
const page = { 'client.js': '', 'index.html': '' };
const neighbours = await Promise.all(
  Array.from({ length: NEIGHBOURS }, () => createLab(app.url, { files: { 'server.js': HELLO, ...page } })),
);
await innocentWork();
const before = await residentAtRest();
const left = [...ATTACKS];
const attacked = Promise.all(Array.from({ length: AT_ONCE }, attackInTurn));
await Promise.all([attacked, ...neighbours.map(({ origin }) => answerUntil(origin, attacked))]);
await innocentWork();
const after = await residentAtRest();
report([
  figure('Memory of the process at rest, before all attacks', 'MB', before),
  figure('The same after all attacks', 'MB', after),
  figure(
    'After against before',
    '',
    after.map((megabytes, sample) => megabytes / before[sample]!),
    { atMost: 1.2 },
  ),
]);
await app.close();

async function innocentWork(): Promise<void> {
  let made = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (made++ < WARM_UP_LABS) {
        const lab = await createLab(app.url, { files: { 'server.js': HELLO, ...page } });
        await (await fetch(lab.origin, { headers: { connection: 'close' } })).text();
        await lab.call('DELETE', '');
      }
    }),
  );
}

/** A neighbour answers all the while; one that lost its thread has a moment to begin again. */
async function answerUntil(origin: string, over: Promise<unknown>): Promise<void> {
  let going = true;
  void over.then(() => (going = false));
  for (let refused = 0; going;) {
    const answer = await fetch(origin)
      .then((response) => response.text())
      .catch(() => '');
    refused = answer === 'hello\n' ? 0 : refused + 1;
    if (refused > PATIENCE) throw new Error('A neighbour does not answer.');
    await wait(refused > 0 ? PAUSE_MS / 10 : PAUSE_MS);
  }
}

async function attackInTurn(): Promise<void> {
  for (let attack = left.shift(); attack !== undefined; attack = left.shift()) {
    const files = typeof attack.code === 'string' ? { 'server.js': attack.code } : attack.code;
    // A program that does not parse makes no lab.
    const lab = await createLab(app.url, { files: { ...page, ...files } }).catch(() => undefined);
    if (!lab) continue;
    if (lab.origin !== '') sendAll(attack, Number(new URL(lab.origin).port));
    await wait(ATTACK_MS);
    await lab.call('DELETE', '');
  }
}

function sendAll({ send = [] }: Attack, port: number): void {
  for (const bytes of [send].flat()) {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('error', () => socket.destroy());
    if (bytes.includes('Connection: close')) socket.resume();
    setTimeout(() => socket.destroy(), ATTACK_MS).unref();
  }
}

/** MB resident, all threads, a second apart. */
async function residentAtRest(): Promise<number[]> {
  await wait(REST_MS);
  const samples: number[] = [];
  while (samples.length < SAMPLES) {
    await wait(1_000);
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(app.pid)], { encoding: 'utf8' });
    samples.push(Number(kilobytes) / 1024);
  }
  return samples;
}
