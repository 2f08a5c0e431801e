/** `npm run bench [name…]`: measures every figure that the README or an issue quotes, and prints a table. */
import { fork } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { inRoot, orFail } from './paths.mjs';

const BUNDLES = inRoot('node_modules/.cache/bench');

await orFail(ensureInstalled);
const { build } = await import('./build.mjs');
await orFail(build);

const asked = process.argv.slice(2);
const names = (await readdir(inRoot('bench')))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .filter((name) => asked.length === 0 || asked.includes(name));

await bundle(names);
const figures = [];
/** What could not be measured: it costs the other figures nothing. */
const failures = [];
for (const name of names) {
  console.log(`measuring ${name} …`);
  await measure(name).then(
    (measured) => figures.push(...measured),
    (error) => failures.push(error.message),
  );
}
print(figures);
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exitCode = 1;

/** Node 20 runs no TypeScript: every file of `bench/` becomes a script, with the load generator beside. */
async function bundle(names) {
  await rm(BUNDLES, { recursive: true, force: true });
  const { build: rolldownBuild } = await import('rolldown');
  await rolldownBuild({
    cwd: inRoot(),
    logLevel: 'warn',
    platform: 'node',
    input: {
      ...Object.fromEntries(names.map((name) => [name, inRoot('bench', `${name}.ts`)])),
      ...Object.fromEntries(
        ['load-process', 'chat-server', 'chat-load'].map((name) => [
          name,
          inRoot(`bench/support/${name}.ts`),
        ]),
      ),
    },
    external: (id) => !/^([.#/\0]|[A-Za-z]:)/.test(id),
    output: { dir: BUNDLES, format: 'es', chunkFileNames: '[name].js' },
  });
}

/** Each figure has a process of its own, so that none inherits another's heap. */
function measure(name) {
  return new Promise((resolve, reject) => {
    const child = fork(join(BUNDLES, `${name}.js`), { cwd: inRoot() });
    let measured;
    child.on('message', (message) => (measured = message));
    child.on('exit', (code) => {
      if (code === 0 && measured) resolve(measured);
      else reject(new Error(`bench/${name}.ts ended with ${code}`));
    });
  });
}

function print(figures) {
  const rows = figures.map(({ name, value, unit, samples, expected, met }) => [
    name,
    `${Number(value.toPrecision(3))} ${unit}`.trim(),
    String(samples),
    `${expected}${met ? '' : '  not met'}`,
  ]);
  const table = [['figure', 'median', 'of', 'expected'], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log(`\nnode ${process.version}, ${process.platform} ${process.arch}`);
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
