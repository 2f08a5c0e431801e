/**
 * `npm run fuzz [inputs] [seed]`: spoils conversations at random and dissects them, a million by default;
 * fails with what is needed to see it again.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { ensureInstalled } from './install.mjs';
import { inRoot } from './paths.mjs';

await ensureInstalled();
const { build: rolldownBuild } = await import('rolldown');
const file = inRoot('node_modules/.cache/fuzz/fuzz.js');
await rolldownBuild({
  cwd: inRoot(),
  logLevel: 'warn',
  platform: 'node',
  input: inRoot('bench/support/fuzz.ts'),
  external: (id) => !/^([.#/\0]|[A-Za-z]:)/.test(id),
  output: { file, format: 'es' },
});
const [code] = await once(fork(file, process.argv.slice(2), { cwd: inRoot() }), 'exit');
process.exitCode = code ?? 1;
