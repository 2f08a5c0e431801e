/** `npm run test:long`: every lesson, every transport and every challenge, many times over, in a real browser. */
import { ensureInstalled } from './install.mjs';
import { orFail, runTool } from './paths.mjs';

await orFail(ensureInstalled);
await (await import('./build.mjs')).build();
process.exitCode = await runTool('vitest/vitest.mjs', ['run', '--project=long']);
