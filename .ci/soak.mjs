/** `npm run soak [labs]`: makes and drops labs for at most 10 minutes; fails when memory grows or a port stays open. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { ensureInstalled } from './install.mjs';
import { inRoot } from './paths.mjs';

await ensureInstalled();
const { build } = await import('./build.mjs');
await build();

const { build: rolldownBuild } = await import('rolldown');
const file = inRoot('node_modules/.cache/soak/soak.js');
await rolldownBuild({
  cwd: inRoot(),
  logLevel: 'warn',
  platform: 'node',
  input: inRoot('bench/support/soak.ts'),
  external: (id) => !/^([.#/\0]|[A-Za-z]:)/.test(id),
  output: { file, format: 'es' },
});
const [code] = await once(fork(file, process.argv.slice(2), { cwd: inRoot() }), 'exit');
process.exitCode = code ?? 1;
