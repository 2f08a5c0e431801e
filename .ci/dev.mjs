/**
 * `npm run dev`: the client is replaced in the browser as it is edited; the server is rebuilt and
 * restarted, behind the same address. Labs end with the server that ran them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ensureInstalled } from './install.mjs';
import { inRoot, orFail } from './paths.mjs';

await orFail(ensureInstalled);
const { build } = await import('./build.mjs');
const { createServer } = await import('vite');

/** The server serves `dist/client`, so it must exist; Vite serves the page itself. */
const SERVER_STEPS = ['runtime', 'legacy', 'server', 'sandbox'];
await orFail(build);

let app = await startApp('0');
// Host and Origin pass unchanged, so that the server sees one origin, ours.
const proxied = { target: app.url, ws: true, changeOrigin: false };
const vite = await createServer({
  configFile: inRoot('vite.config.ts'),
  server: {
    port: Number(process.env.PORT ?? 3000),
    strictPort: true,
    host: process.env.HOST,
    proxy: { '/api': proxied, '/healthz': proxied },
  },
});
await vite.listen();
vite.printUrls();

vite.watcher.add(['server', 'lessons', 'client/stage'].map((folder) => inRoot(folder)));
vite.watcher.on('change', changed).on('add', changed).on('unlink', changed);

// The server goes with this process, however that ends.
process.on('SIGTERM', () => process.exit());
process.on('SIGINT', () => process.exit());

let rebuilding = Promise.resolve();
function changed(path) {
  if (/\.test\.tsx?$/.test(path)) return;
  rebuilding = rebuilding.then(rebuild).catch((error) => console.error(error.message));
}

async function rebuild() {
  const ran = await build(SERVER_STEPS);
  if (ran.length === 0) return;
  const { port } = new URL(app.url);
  await app.close();
  app = await startApp(port);
}

/** The built server; port `0` is any free one, later starts take the same one again. */
async function startApp(port) {
  const child = spawn(process.execPath, [inRoot('dist/server/main.js')], {
    env: { ...process.env, PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = () => child.kill();
  process.once('exit', stop);
  const url = await new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /http:\/\/[^\s/]+:\d+/.exec(line);
      if (found) resolve(found[0]);
      else console.log(line);
    });
    exited.then(() => reject(new Error('The server ended before it listened.')));
  });
  return {
    url,
    async close() {
      process.off('exit', stop);
      child.kill();
      await exited;
    },
  };
}
