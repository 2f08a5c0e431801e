/**
 * `npm run legacy-table`: has the real clients of `tests/legacy` connect in every emulated browser, in Chromium and in
 * Firefox, and prints which transport held where. Fails when one that a test names does not.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { findFirefox } from './firefox.mjs';
import { ensureInstalled } from './install.mjs';
import { orFail, run } from './paths.mjs';

const TESTS = ['tests/legacy/sockjs.test.ts', 'tests/legacy/socket-io.test.ts'];
const FIND = { chromium: findChromium, firefox: findFirefox };

await orFail(ensureInstalled);
await (await import('./build.mjs')).build();
/** By what was tried: by browser, whether it held. */
const rows = new Map();
for (const [browser, find] of Object.entries(FIND)) {
  await orFail(find);
  for (const { title, status } of await testsIn(browser)) {
    const row = rows.get(title) ?? {};
    rows.set(title, { ...row, [browser]: status === 'passed' });
  }
}

const browsers = Object.keys(FIND);
const width = Math.max(...[...rows.keys()].map((title) => title.length));
console.log(`\n${' '.repeat(width)}  ${browsers.join('  ')}`);
for (const [title, held] of rows) {
  const marks = browsers.map((browser) => (held[browser] ? 'yes' : 'NO').padEnd(browser.length));
  console.log(`${title.padEnd(width)}  ${marks.join('  ')}`);
}
const failed = [...rows.values()].some((held) => browsers.some((browser) => !held[browser]));
process.exitCode = failed ? 1 : 0;

/** Title and status of every test, run in this browser. */
async function testsIn(browser) {
  const folder = await mkdtemp(join(tmpdir(), 'switching-protocols-'));
  const report = join(folder, 'vitest.json');
  try {
    const args = [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...TESTS,
      '--reporter=json',
      `--outputFile.json=${report}`,
    ];
    await run(process.execPath, args, { env: { ...process.env, BROWSER: browser } });
    const { testResults } = JSON.parse(await readFile(report, 'utf8'));
    return testResults.flatMap((file) =>
      file.assertionResults.map(({ ancestorTitles: [client], title, status }) => ({
        title: `${client}: ${title}`,
        status,
      })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
