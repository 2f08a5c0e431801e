/** How long a lab is away when the thread it runs on is lost because of another lab. */
import { createLab, type TestLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';

const ROUNDS = 7;
const NEIGHBOURS = 8;
/** Inside one builtin that the engine cannot interrupt. */
const STUCK = `setTimeout(() => new Array(2 ** 28).join(), 200);`;
/** After the guilty lab began: its delay, the wait for a sign of life, and time to begin again. */
const WATCHED_MS = 4_000;
/** Answers less than that apart came from the other thread: a loss takes `silentMs` at least. */
const USUAL_MS = 300;

const app = await startApp();
const page = { 'client.js': '', 'index.html': '' };
const away: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  // New ones each time: those that began again share the thread that was left.
  const neighbours: TestLab[] = [];
  for (let made = 0; made < NEIGHBOURS; made++)
    neighbours.push(await createLab(app.url, { files: { 'server.js': HELLO, ...page } }));
  const until = performance.now() + WATCHED_MS;
  const watched = Promise.all(neighbours.map(({ origin }) => longestGap(origin, until)));
  const guilty = await createLab(app.url, { files: { 'server.js': STUCK, ...page } });
  const gaps = (await watched).filter((gap) => gap > USUAL_MS);
  away.push(...gaps);
  for (const lab of [guilty, ...neighbours]) await lab.call('DELETE', '');
}
const sorted = [...away].sort((a, b) => a - b);
report([
  figure('Away when another lab loses the thread', 'ms', away, { atMost: 1_000 }),
  figure('The longest of these', 'ms', Array<number>(5).fill(sorted.at(-1)!), { atMost: 1_000 }),
]);
await app.close();

/** The longest time from one answer to the next, ms, of a lab that is asked all the time. */
async function longestGap(origin: string, until: number): Promise<number> {
  let longest = 0;
  let answered = performance.now();
  while (answered < until) {
    try {
      await (await fetch(origin)).text();
    } catch {
      // Connections of a lost thread are reset; the next request waits for the new one.
      if (performance.now() > until + WATCHED_MS) throw new Error('A neighbour stayed away.');
      continue;
    }
    const now = performance.now();
    longest = Math.max(longest, now - answered);
    answered = now;
  }
  return longest;
}
