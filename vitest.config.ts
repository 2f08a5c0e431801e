import { defineConfig } from 'vitest/config';

const BROWSER_TESTS = ['tests/{e2e,legacy,lessons,transports/browser}/**/*.test.ts'];
/** Every lesson, transport and challenge, many times over: `npm run test:long`. */
const LONG_TESTS = ['tests/long/**/*.test.ts'];

/** In a real browser. */
const browser = {
  testTimeout: 120_000,
  hookTimeout: 60_000,
  maxConcurrency: 4,
  // A page overtaken by a loaded machine is opened once more; what is broken fails twice.
  retry: 1,
  maxWorkers: 2,
  sequence: { groupOrder: 2 },
};

/** Two projects for `npm test`, because browser tests want the machine for themselves: after the rest, and mostly waiting, two files at a time. */
export default defineConfig({
  test: {
    pool: 'forks',
    // What a test waits for comes at once on an idle machine; a busy one may take its time.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['{client,server,lessons,tests}/**/*.test.{ts,tsx}'],
          exclude: [...BROWSER_TESTS, ...LONG_TESTS],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER_TESTS,
          ...browser,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: LONG_TESTS,
          ...browser,
        },
      },
    ],
  },
});
