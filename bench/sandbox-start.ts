/** From files to the end of the first turn of server.js, without sockets: the sandbox alone. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSandboxPool } from '../server/sandbox/index.ts';
import { BareHost } from './support/bare-host.ts';
import { figure, repeat, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';

const pool = createSandboxPool({ artifacts: pathToFileURL(`${resolve('dist/server/sandbox')}/`) });

async function sample(): Promise<number> {
  const host = new BareHost();
  const started = performance.now();
  const sandbox = await pool.start({ files: { 'server.js': HELLO }, env: {} }, host);
  const took = performance.now() - started;
  sandbox.dispose();
  await host.over;
  return took;
}

await repeat(10, sample);
report([figure('Sandbox start', 'ms', await repeat(51, sample), { atMost: 5 })]);
await pool.close();
