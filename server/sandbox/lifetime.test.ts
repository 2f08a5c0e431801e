import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { exchange, runToEnd, startProgram, testPool, type TestHost } from './test-support.ts';

const HELLO = `require('http').createServer((req, res) => res.end('hello')).listen(8088)`;
const KEEP = 'GET / HTTP/1.1\r\nHost: lab\r\n\r\n';
const CLOSE = 'GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n';

let pool: SandboxPool;
beforeEach(async () => {
  pool = await testPool();
});
afterEach(async () => {
  expect(pool.stats().sandboxes).toBe(0);
  await pool.close();
});

async function closed(host: TestHost): Promise<void> {
  await expect.poll(() => [...host.servers.values()].some((server) => server.listening)).toBe(false);
  await expect.poll(() => host.sockets.size).toBe(0);
}

it('S13 leaves no port and no connection open when disposed', async () => {
  const { host, sandbox } = await startProgram(pool, HELLO);
  const socket = connect(host.realPort(), '127.0.0.1');
  await new Promise((resolve) => socket.once('data', resolve).write(KEEP));
  expect(pool.stats()).toEqual({ workers: 1, sandboxes: 1 });
  const ended = new Promise((resolve) => socket.once('close', resolve));
  sandbox.dispose();
  await ended;
  await closed(host);
  expect(await host.end).toEqual({ reason: 'disposed' });
});

it('S12 ends once, however often it is disposed', async () => {
  const { host, sandbox } = await startProgram(pool, HELLO);
  sandbox.dispose();
  sandbox.dispose();
  await pool.close();
  expect(host.ends).toBe(1);
});

it('S12 ends out of a loop at once, and the thread is free again', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `require('http').createServer(() => { for (;;); }).listen(1)`,
  );
  const socket = connect(host.realPort(), '127.0.0.1', () => socket.write(KEEP));
  socket.on('error', () => undefined);
  await expect.poll(() => host.sockets.size).toBe(1);
  sandbox.dispose();
  expect(await host.end).toEqual({ reason: 'disposed' });
  expect((await runToEnd(pool, 'console.log("free")')).host.lines()).toEqual(['free']);
});

it('S14 gives a run nothing of the one before in the same instance', async () => {
  for (let round = 0; round < 6; round++) {
    const { host } = await runToEnd(
      pool,
      `console.log(typeof globalThis.left, Object.keys(Object.prototype).length, require('fs').existsSync('left'));
       globalThis.left = 1; Object.prototype.left = 1; require('fs').writeFileSync('left', 'x'); Array.prototype.push = () => 0;`,
    );
    expect(host.lines()).toEqual(['undefined 0 false']);
  }
});

it('draws other random numbers in each run', async () => {
  const first = (await runToEnd(pool, 'console.log(Math.random())')).host.lines();
  const second = (await runToEnd(pool, 'console.log(Math.random())')).host.lines();
  expect(first).not.toEqual(second);
});

it('ends with code 0 when nothing can call the program again', async () => {
  const { host, end } = await runToEnd(
    pool,
    'setTimeout(() => console.log("last"), 5); setInterval(() => {}, 1).unref();',
  );
  expect(end).toEqual({ reason: 'exit', code: 0 });
  expect(host.lines()).toEqual(['last']);
});

it('lives as long as a connection of a closed server does', async () => {
  const { host } = await startProgram(
    pool,
    `const server = require('http').createServer((req, res) => { server.close(); setTimeout(() => res.end('late'), 20); }).listen(1)`,
  );
  expect(await exchange(host.realPort(), CLOSE)).toContain('late');
  expect(await host.end).toEqual({ reason: 'exit', code: 0 });
  await closed(host);
});

it('ends with the code given to process.exit, at that line', async () => {
  const { host, end } = await runToEnd(
    pool,
    `process.on('exit', (c) => console.log('exit', c)); process.exit(3); console.log('never');`,
  );
  expect(end).toEqual({ reason: 'exit', code: 3 });
  expect(host.lines()).toEqual(['exit 3']);
});

it('lets beforeExit give the program new work', async () => {
  const { host } = await runToEnd(
    pool,
    `process.once('beforeExit', () => setTimeout(() => console.log('more'), 1))`,
  );
  expect(host.lines()).toEqual(['more']);
});

it('opens a port again after the program closed it', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `const server = require('http').createServer((q, r) => r.end('again'));
     server.listen(1, () => server.close(() => server.listen(2, () => console.log('open', server.address().port))));`,
  );
  await expect.poll(() => host.lines()).toEqual(['open 2']);
  expect(await exchange(host.realPort(2), CLOSE)).toContain('again');
  sandbox.dispose();
  await closed(host);
});

it('starts and ends many programs', async () => {
  for (let round = 0; round < 40; round++) {
    const { host, sandbox } = await startProgram(pool, HELLO);
    sandbox.dispose();
    await closed(host);
  }
  expect(pool.stats().sandboxes).toBe(0);
});

it('refuses to start when it is closed', async () => {
  const other = await testPool();
  await other.close();
  await expect(startProgram(other, HELLO)).rejects.toMatchObject({ reported: { code: 'SANDBOX_LOST' } });
});
