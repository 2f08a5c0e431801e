/** p99 of 20 labs' answers beside one hostile lab, against the same 20 without it. */
import { createLab, type TestLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';

const ROUNDS = 5;
const NEIGHBOURS = 20;
const REQUESTS = 1_500;
/** Turns just under the limit, back to back. */
const HOG = `setInterval(() => { for (const end = Date.now() + 900; Date.now() < end; ); }, 1);`;

const app = await startApp();
const page = { 'client.js': '', 'index.html': '' };
const neighbours: TestLab[] = [];
for (let made = 0; made < NEIGHBOURS; made++)
  neighbours.push(await createLab(app.url, { files: { 'server.js': HELLO, ...page } }));

const rounds: { quiet: number[]; beside: number[] }[] = [];
await latencies();
for (let round = 0; round < ROUNDS; round++) {
  const quiet = await latencies();
  const hog = await createLab(app.url, { files: { 'server.js': HOG, ...page } });
  const beside = await latencies();
  await hog.call('DELETE', '');
  rounds.push({ quiet, beside });
}
report([
  figure(
    'p50 of 20 neighbours',
    'ms',
    rounds.map(({ quiet }) => quantile(quiet, 0.5)),
  ),
  figure(
    'p50 of 20 neighbours beside a hog',
    'ms',
    rounds.map(({ beside }) => quantile(beside, 0.5)),
  ),
  figure(
    'p99 of 20 neighbours',
    'ms',
    rounds.map(({ quiet }) => quantile(quiet, 0.99)),
  ),
  figure(
    'p99 of 20 neighbours beside a hog',
    'ms',
    rounds.map(({ beside }) => quantile(beside, 0.99)),
  ),
  figure(
    'p99 beside a hog against none',
    '',
    rounds.map(({ quiet, beside }) => quantile(beside, 0.99) / quantile(quiet, 0.99)),
  ),
]);
await app.close();

/** Of requests one after the other, over all neighbours in turn, ms. */
async function latencies(): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < REQUESTS; index++) {
    const started = performance.now();
    await (await fetch(neighbours[index % NEIGHBOURS]!.origin)).text();
    samples.push(performance.now() - started);
  }
  return samples;
}

function quantile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)]!;
}
