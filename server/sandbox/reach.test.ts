import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { exchange, runToEnd, startProgram, TestHost, testPool } from './test-support.ts';

const GET = 'GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

describe('S1 one instance each', () => {
  it('lets one guest change everything of its own and nothing of a neighbour on the same thread', async () => {
    const serve = `require('http').createServer((q, r) => r.end([typeof globalThis.mine, [3, 1].sort().join()].join())).listen(1)`;
    const neighbour = await startProgram(pool, serve);
    const hostile = await startProgram(
      pool,
      `${serve}; globalThis.mine = 1; Array.prototype.sort = () => ['mine'];`,
    );
    expect(await exchange(neighbour.host.realPort(), GET)).toContain('undefined,1,3');
    expect(await exchange(hostile.host.realPort(), GET)).toContain('number,mine');
    neighbour.sandbox.dispose();
    hostile.sandbox.dispose();
  });
});

describe('S3 the host function', () => {
  /** What the code behind the host function may use of Node: text, bytes, hashes, compression. */
  const ALLOWED = ['node:crypto', 'node:zlib', 'node:util', 'node:buffer'];

  it('is made of code that imports nothing which reaches a file, a socket or a process', () => {
    const folder = join(import.meta.dirname, 'answers');
    const files = ['host-calls.ts', ...readdirSync(folder).map((file) => `answers/${file}`)];
    const imported = files
      .filter((file) => !file.includes('.test.'))
      .flatMap((file) => [
        ...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/from '(node:[^']+)'/g),
      ])
      .map((match) => match[1]!);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((module) => !ALLOWED.includes(module))).toEqual([]);
  });

  it('runs in a thread that has no environment', async () => {
    process.env.SANDBOX_SECRET = 'secret';
    const fresh = await testPool();
    const { host } = await runToEnd(fresh, 'console.log(JSON.stringify(process.env), typeof SANDBOX_SECRET)');
    delete process.env.SANDBOX_SECRET;
    expect(host.lines()).toEqual(['{"PAGE_ORIGIN":"http://page.test"} undefined']);
    await fresh.close();
  });
});

describe('S5 ports', () => {
  it('are opened by the host alone: where it refuses, nothing listens', async () => {
    const host = new TestHost();
    host.refuse.set(8080, 'EACCES');
    const listening = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap').length;
    const before = listening();
    await startProgram(
      pool,
      `require('http').createServer().on('error', (e) => console.log(e.code)).listen(8080)`,
      host,
    );
    await host.end;
    expect([host.lines(), host.servers.size, listening()]).toEqual([['EACCES'], 0, before]);
  });
});
