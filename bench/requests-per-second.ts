/** Requests a second through a lab, against the same handler in plain node in the same run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createLab } from '../tests/support/lab.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, report } from './support/figure.ts';
import { HELLO } from './support/hello.ts';
import { requestsPerSecond } from './support/load.ts';

const ROUNDS = 5;
const CONNECTIONS = 16;

const app = await startApp();
const lab = await createLab(app.url, { files: { 'server.js': HELLO, 'client.js': '', 'index.html': '' } });
const plain = await startPlain();

const throughLab: number[] = [];
const throughNode: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  throughNode.push(await requestsPerSecond({ url: plain.url, connections: CONNECTIONS, requests: 15_000 }));
  throughLab.push(await requestsPerSecond({ url: lab.origin, connections: CONNECTIONS, requests: 4_000 }));
}
report([
  figure('Requests per second through a lab', '/s', throughLab),
  figure('The same in plain node', '/s', throughNode),
  figure(
    'Lab against plain node',
    '',
    throughLab.map((rate, round) => rate / throughNode[round]!),
    { atLeast: 1 / 4 },
  ),
]);
plain.close();
await app.close();

/** The handler in a plain node process, on a free port. */
async function startPlain(): Promise<{ url: string; close(): void }> {
  const program = `${HELLO.replace('listen(8080)', "listen(0, '127.0.0.1')")}
    server.on('listening', () => process.send(server.address().port));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return { url: `http://127.0.0.1:${port}`, close: () => child.kill() };
}
