/** `npm start`: install when needed, build when needed, serve. */
import { ensureInstalled } from './install.mjs';
import { orFail } from './paths.mjs';

await orFail(async () => {
  await ensureInstalled();
  const { build } = await import('./build.mjs');
  await build();
});
await import('../dist/server/main.js');
