/** CPU of the app's process with 500 idle labs. */
import { execFileSync } from 'node:child_process';
import { createLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, repeat, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';

const LABS = 500;
const WINDOW_MS = 3_000;

const app = await startApp();
for (let made = 0; made < LABS; made++)
  await createLab(app.url, { files: { 'server.js': HELLO, 'client.js': '', 'index.html': '' } });

/** Seconds of CPU so far, all threads. */
function cpuSeconds(): number {
  const text = execFileSync('ps', ['-o', 'cputimes=', '-p', String(app.pid)], { encoding: 'utf8' });
  return Number(text);
}

await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
const samples = await repeat(5, async () => {
  const before = cpuSeconds();
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
  return ((cpuSeconds() - before) / ((performance.now() - began) / 1000)) * 100;
});
report([figure('CPU of 500 idle labs, of one core', '%', samples, { atMost: 5 })]);
await app.close();
