/** CPU of the app's process with 500 idle labs. */
import { readFileSync } from 'node:fs';
import { createLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, repeat, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';

const LABS = 500;
const WINDOW_MS = 3_000;

const app = await startApp();
for (let made = 0; made < LABS; made++)
  await createLab(app.url, { files: { 'server.js': HELLO, 'client.js': '', 'index.html': '' } });

/** Seconds of CPU so far, all threads: fields 14 and 15 of Linux's `stat`, in ticks of 10 ms (proc(5)). */
function cpuSeconds(): number {
  const fields = readFileSync(`/proc/${app.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
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
