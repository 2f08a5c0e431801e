/** Sandboxes started and ended one after the other from several sides at once, a second. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSandboxPool } from '../server/sandbox/index.ts';
import { BareHost } from './support/bare-host.ts';
import { figure, repeat, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';

const AT_ONCE = 8;
const STARTS = 400;
const pool = createSandboxPool({ artifacts: pathToFileURL(`${resolve('dist/server/sandbox')}/`) });

async function startAndEnd(): Promise<void> {
  const host = new BareHost();
  const sandbox = await pool.start({ files: { 'server.js': HELLO }, env: {} }, host);
  sandbox.dispose();
  await host.over;
}

async function sample(): Promise<number> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let made = 0; made < STARTS / AT_ONCE; made++) await startAndEnd();
    }),
  );
  return STARTS / ((performance.now() - began) / 1000);
}

await sample();
report([figure('Sandbox starts per second', '/s', await repeat(7, sample))]);
await pool.close();
