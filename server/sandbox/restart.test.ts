import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { exchange, runToEnd, startProgram, testPool, TestHost } from './test-support.ts';

const SILENT_MS = 300;
const CLOSE = 'GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n';
const UNSTOPPABLE = 'new Array(2 ** 28).join()';
const COUNTER = `let n = 0; require('http').createServer((q, r) => r.end('answer ' + ++n)).listen(8080)`;

let pool: SandboxPool;
beforeEach(async () => {
  pool = await testPool({ limits: { silentMs: SILENT_MS, turnMs: 5_000, restartsPerMinute: 2 } });
});
afterEach(async () => {
  await pool.close();
  expect(pool.stats().sandboxes).toBe(0);
});

/** Resolves when the host was told `restarts` times that it begins again, and listens. */
async function restarted(host: TestHost, restarts = 1): Promise<void> {
  await expect.poll(() => host.restarts, { timeout: 10_000 }).toBe(restarts);
  await expect.poll(() => host.servers.get(8080)?.listening, { timeout: 10_000 }).toBe(true);
}

describe('S8 neighbours of a lost thread', () => {
  it('begin again with the same files, and are told', async () => {
    const { host, sandbox } = await startProgram(pool, COUNTER);
    expect(await exchange(host.realPort(8080), CLOSE)).toContain('answer 1');
    await runToEnd(pool, UNSTOPPABLE);
    await restarted(host);
    expect(await exchange(host.realPort(8080), CLOSE)).toContain('answer 1');
    expect(host.lines()).toEqual([
      'The thread that ran this program ended because of another program. server.js began again; its connections were closed.',
    ]);
    expect(host.ends).toBe(0);
    sandbox.dispose();
    expect(await host.end).toEqual({ reason: 'disposed' });
  });

  it('tell when they have begun again, which is when their ports are open', async () => {
    const host = new TestHost();
    const { sandbox } = await startProgram(pool, COUNTER, host);
    const old = host.servers.get(8080);
    const told = new Promise<boolean>((resolve) => {
      host.onRestarted = () => resolve(host.servers.get(8080) !== old && host.servers.get(8080)!.listening);
    });
    await runToEnd(pool, UNSTOPPABLE);
    expect(await told).toBe(true);
    sandbox.dispose();
  });

  it('lose their connections', async () => {
    const { host, sandbox } = await startProgram(pool, COUNTER);
    const socket = connect(host.realPort(8080), '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await expect.poll(() => host.sockets.size).toBe(1);
    await runToEnd(pool, UNSTOPPABLE);
    await closed;
    await restarted(host);
    sandbox.dispose();
  });

  it('that were still starting start elsewhere, and whoever waits for them notices nothing', async () => {
    const guilty = runToEnd(pool, UNSTOPPABLE);
    const { host, sandbox } = await startProgram(pool, COUNTER);
    expect((await guilty).end).toMatchObject({ reason: 'error', error: { code: 'LOOP_STOPPED' } });
    expect(await exchange(host.realPort(8080), CLOSE)).toContain('answer 1');
    sandbox.dispose();
  });

  it('end when it happens again and again', async () => {
    const { host } = await startProgram(pool, COUNTER);
    for (let times = 1; times <= 2; times++) {
      await runToEnd(pool, UNSTOPPABLE);
      await restarted(host, times);
    }
    await runToEnd(pool, UNSTOPPABLE);
    expect(await host.end).toMatchObject({ reason: 'error', error: { code: 'SANDBOX_LOST' } });
  });

  it('can be disposed while they begin again', async () => {
    const host = new TestHost();
    const { sandbox } = await startProgram(pool, COUNTER, host);
    host.onRestart = () => queueMicrotask(() => sandbox.dispose());
    await runToEnd(pool, UNSTOPPABLE);
    expect(await host.end).toEqual({ reason: 'disposed' });
    expect(host.ends).toBe(1);
  });
});
