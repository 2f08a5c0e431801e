/** `npm test`: every check of the project, one after the other; fails when any of them fails. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { orFail, runTool, runToolBeside } from './paths.mjs';

const TSC = 'typescript/bin/tsc';

/** Checks besides build and tests, the longest first. Each counts as one in the last line. */
const CHECKS = [
  ['lint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']],
  ['types: tests', TSC, ['--project', 'tsconfig.tests.json']],
  ['format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']],
  ...['client', 'server', 'shared', 'guest'].map((name) => [
    `types: ${name}`,
    TSC,
    ['--project', `tsconfig.${name}.json`],
  ]),
  ['dead code', 'knip/bin/knip.js', []],
];
/** So many at a time. */
const LANES = 2;

async function buildAll() {
  const { build } = await import('./build.mjs');
  await build();
  return 0;
}

/** Unit, integration and real-browser tests. */
async function runTests() {
  const folder = await mkdtemp(join(tmpdir(), 'switching-protocols-'));
  const report = join(folder, 'vitest.json');
  try {
    const code = await runTool('vitest/vitest.mjs', [
      'run',
      '--project=node',
      '--project=browser',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(await readFile(report, 'utf8'));
    // A file that does not load, or an error outside any test, fails the run with no failed test.
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runCheck(name, check) {
  const started = performance.now();
  console.log(`\n■ ${name}`);
  let code;
  try {
    code = await check();
  } catch (error) {
    console.error(error.message);
    code = 1;
  }
  return { name, seconds: (performance.now() - started) / 1000, ok: code === 0 };
}

/** Runs checks one after the other until none is left; another lane may take of the same ones. */
async function runLane(checks, results) {
  for (let next; (next = checks.shift());) {
    const [name, script, args] = next;
    const check = async () => {
      const { code, output } = await runToolBeside(script, args);
      if (output.trim() !== '') console.log(`\n${name}:\n${output}`);
      return code;
    };
    results.push(await runCheck(name, check));
  }
}

await orFail(ensureInstalled);
const results = [];
const left = [...CHECKS];
await Promise.all(Array.from({ length: LANES }, () => runLane(left, results)));
results.push(await runCheck('build and size budget', buildAll));

let tests = { passed: 0, failed: 1 };
results.push(
  await runCheck('tests', async () => {
    // Before the first test needs it: where there is no browser, this says what to do.
    await (await import('./chromium.mjs')).findChromium();
    // The comparison with Wireshark is left out where there is none, and says so.
    await (await import('./tshark.mjs')).findTshark().catch(({ message }) => console.log(message));
    tests = await runTests();
    return tests.failed;
  }),
);

console.log('');
for (const { name, seconds, ok } of results) {
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`);
}
const checks = results.slice(0, -1);
const passed = tests.passed + checks.filter(({ ok }) => ok).length;
const failed = tests.failed + checks.filter(({ ok }) => !ok).length;
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
