/** Memory of the app's process per idle lab, above what it has when every thread has run one. */
import { execFileSync } from 'node:child_process';
import { createLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { type Figure, figure, repeat, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';

const ROUNDS = 5;
/** As many threads as there are at most: the first lab on each pays for what all share. */
const WARM_LABS = 4;

/** MB resident, all threads. */
function residentMb(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

async function perLab(labs: number): Promise<number> {
  const app = await startApp();
  try {
    const files = { 'server.js': HELLO, 'client.js': '', 'index.html': '' };
    for (let made = 0; made < WARM_LABS; made++) await createLab(app.url, { files });
    const before = residentMb(app.pid);
    for (let made = 0; made < labs; made++) await createLab(app.url, { files });
    return (residentMb(app.pid) - before) / labs;
  } finally {
    await app.close();
  }
}

const figures: Figure[] = [];
for (const labs of [50, 200]) {
  const samples = await repeat(ROUNDS, () => perLab(labs));
  figures.push(figure(`Memory per idle lab, ${labs} labs`, 'MB', samples, { atMost: 2 }));
  if (labs === 200)
    figures.push(
      figure(
        'Idle labs per GiB',
        '',
        samples.map((megabytes) => 1024 / megabytes),
        { atLeast: 500 },
      ),
    );
}
report(figures);
