import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{client,server,lessons,tests}/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
