/** `npm run test:long`: what takes a real browser through every lesson, and every transport through cuts. */
import { ensureInstalled } from './install.mjs';
import { orFail, runTool } from './paths.mjs';

await orFail(ensureInstalled);
await (await import('./build.mjs')).build();
process.exitCode = await runTool('vitest/vitest.mjs', ['run', '--project=long']);
