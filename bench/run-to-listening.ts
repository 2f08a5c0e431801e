/** From Run (the API call) to a server that listens. */
import { createLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, repeat, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';

const app = await startApp();
const lab = await createLab(app.url, { files: { 'server.js': HELLO, 'client.js': '', 'index.html': '' } });

async function runAgain(): Promise<number> {
  const started = performance.now();
  const response = await lab.call('POST', '/run', {});
  const view = (await response.json()) as { state: string };
  if (view.state !== 'listening') throw new Error(`The lab is ${view.state}`);
  return performance.now() - started;
}

await repeat(5, runAgain);
report([figure('Run to listening', 'ms', await repeat(25, runAgain))]);
await app.close();
