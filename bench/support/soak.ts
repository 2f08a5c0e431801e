/**
 * Not a figure but a proof: makes and drops labs for a while, and fails when memory grows or anything still
 * listens. Started by `npm run soak` (`.ci/soak.mjs`).
 */
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { createLab } from '../../tests/support/lab.ts';
import { startApp } from '../../tests/support/server.ts';
import { HELLO } from './hello.ts';

const LABS = Number(process.argv[2] ?? 5_000);
const TIME_MS = 10 * 60_000;
const AT_ONCE = 4;
/** Growth that is noise: pools of V8 and malloc that fill up once. */
const FLAT = 1.2;
const WARM_UP = Math.min(500, Math.ceil(LABS / 4));

const app = await startApp();
const ports = new Set<number>();
const began = performance.now();
let made = 0;
let before = 0;

/** MB resident, all threads. */
function residentMb(): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(app.pid)], { encoding: 'utf8' })) / 1024;
}

async function makeAndDrop(): Promise<void> {
  const lab = await createLab(app.url, { files: { 'server.js': HELLO, 'client.js': '', 'index.html': '' } });
  ports.add(Number(new URL(lab.origin).port));
  const text = await (await fetch(lab.origin, { headers: { connection: 'close' } })).text();
  if (text !== 'hello\n') throw new Error(`A lab answered ${JSON.stringify(text)}`);
  const { status } = await lab.call('DELETE', '');
  if (status !== 204) throw new Error(`A lab was not forgotten: ${status}`);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

try {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (made < LABS && performance.now() - began < TIME_MS) {
        made += 1;
        if (made === WARM_UP) before = residentMb();
        if (made % 500 === 0) console.log(`${made} labs, ${residentMb().toFixed(0)} MB`);
        await makeAndDrop();
      }
    }),
  );
  const after = residentMb();
  const open = await listening([...ports]);
  const seconds = (performance.now() - began) / 1000;
  // What listens without the app was never ours.
  await app.close();
  const foreign = await listening(open);
  const left = open.filter((port) => !foreign.includes(port)).length;
  console.log(
    `${made} labs in ${seconds.toFixed(0)} s: ${before.toFixed(0)} MB after ${WARM_UP}, ${after.toFixed(0)} MB at the end, ${left} of ${ports.size} ports still open`,
  );
  if (left > 0 || after > before * FLAT) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
  await app.close();
}

async function listening(ports: number[]): Promise<number[]> {
  const open = await Promise.all(ports.map(isListening));
  return ports.filter((_port, index) => open[index]);
}
