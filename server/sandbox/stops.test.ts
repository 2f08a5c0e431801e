import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { exchange, runToEnd, startProgram, testPool } from './test-support.ts';

const TURN_MS = 300;
const SILENT_MS = 400;
const REQUEST = 'GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n';

let pool: SandboxPool;
/** Turns long enough that only the other limits are met, however busy the machine. */
let patient: SandboxPool;
beforeAll(async () => {
  pool = await testPool({ limits: { turnMs: TURN_MS, silentMs: SILENT_MS } });
  patient = await testPool({ limits: { turnMs: 15_000 } });
});
afterAll(() => Promise.all([pool.close(), patient.close()]));

/** The error a program ends with. */
async function errorOf(code: string, runs = pool) {
  const { end } = await runToEnd(runs, code);
  if (end.reason !== 'error') throw new Error(`The program ended with ${end.reason}.`);
  return end.error;
}

describe('S7 a turn that does not end', () => {
  const loops: [title: string, code: string, line: number][] = [
    ['an empty loop at the top', '\nfor (;;) {\n}', 2],
    ['a loop with calls', 'let i = 0;\nwhile (true) {\n  i += Math.random();\n}', 2],
    [
      'a loop in a function',
      'function f() {\n  let i = 0;\n\n  while (i >= 0) {\n    i += 1;\n  }\n}\nf();',
      4,
    ],
    [
      'the outer of two loops',
      'const list = [1, 2];\nwhile (true) {\n  for (const x of list) {\n    list.indexOf(x);\n  }\n}',
      2,
    ],
    ['a loop in a module', 'import "fs";\nexport {};\ndo {\n} while (1);', 3],
    ['a loop after await', '(async () => {\n  await null;\n  for (;;) {\n  }\n})();', 3],
    ['a slow expression', '\n/(a+)+$/.test("a".repeat(50) + "b");', 2],
  ];
  it.each(loops)('stops %s and names its line', async (_title, code, line) => {
    const error = await errorOf(code);
    expect(error).toMatchObject({
      code: 'LOOP_STOPPED',
      params: { ms: TURN_MS },
      at: { file: 'server.js', line },
    });
  });

  it('stops a storm of ticks', async () => {
    expect(await errorOf('const f = () => process.nextTick(f); f();')).toMatchObject({
      code: 'LOOP_STOPPED',
    });
  });

  it('stops a storm of promises', async () => {
    expect(await errorOf('(async () => { for (;;) await null; })();')).toMatchObject({
      code: 'LOOP_STOPPED',
    });
  });

  it('keeps what was printed before', async () => {
    const { host } = await runToEnd(pool, 'console.log("before"); for (;;);');
    expect(host.lines()).toEqual(['before']);
  });

  it('does not let code catch the stop', async () => {
    expect(
      await errorOf('try { for (;;); } catch { console.log("caught"); } finally { for (;;); }'),
    ).toMatchObject({ code: 'LOOP_STOPPED' });
  });

  it('stops a loop that throws and catches all the time, and leaves the neighbour on its thread', async () => {
    const neighbour = await startProgram(
      pool,
      `require('http').createServer((q, r) => r.end('fine')).listen(1)`,
    );
    for (const thrower of ['null.x', 'throw new Error("again")', 'new URL("none")'])
      expect(await errorOf(`for (;;) try { ${thrower}; } catch {}`)).toMatchObject({
        code: 'LOOP_STOPPED',
        params: { ms: TURN_MS },
      });
    expect(neighbour.host.restarts).toBe(0);
    neighbour.sandbox.dispose();
  });

  it.each([
    ['digests', 'require("crypto").createHash("sha512").update(Buffer.alloc(4e6)).digest()'],
    ['compression', 'require("zlib").deflateSync(Buffer.alloc(4e6, "some text"), { level: 9 })'],
    ['addresses', 'try { new URL("http://h/" + "a/../".repeat(1e6)); } catch {}'],
  ])('stops a loop of %s, which the engine hardly ever interrupts, as one', async (_title, long) => {
    const { host, end } = await runToEnd(pool, `console.log('before'); for (;;) ${long};`);
    expect(end).toMatchObject({ error: { code: 'LOOP_STOPPED', params: { ms: TURN_MS } } });
    expect(host.lines()).toEqual(['before']);
  });

  it('ends a handler and its connection, and leaves the neighbour alone', async () => {
    const neighbour = await startProgram(
      pool,
      `require('http').createServer((q, r) => r.end('fine')).listen(1)`,
    );
    const { host } = await startProgram(
      pool,
      `require('http').createServer(() => {\n for (;;);\n}).listen(1)`,
    );
    expect(await exchange(host.realPort(), REQUEST)).toBe('');
    expect(await host.end).toMatchObject({
      reason: 'error',
      error: { code: 'LOOP_STOPPED', at: { line: 2 } },
    });
    expect(await exchange(neighbour.host.realPort(), REQUEST)).toContain('fine');
    neighbour.sandbox.dispose();
  });
});

describe('S8 what cannot be interrupted', () => {
  it('ends the thread, blames the guilty one, and starts the next run at once', async () => {
    const error = await errorOf('new Array(2 ** 28).join()');
    expect(error).toMatchObject({ code: 'LOOP_STOPPED', params: { ms: SILENT_MS } });
    const { host, end } = await runToEnd(pool, 'console.log("next")');
    expect([host.lines(), end]).toEqual([['next'], { reason: 'exit', code: 0 }]);
  });
});

describe('S9 memory', () => {
  const bombs: [string, string][] = [
    ['strings', 'const a = []; for (;;) a.push("x".repeat(10_000) + a.length);'],
    ['buffers', 'const a = []; for (;;) a.push(new Uint8Array(1_000_000));'],
    ['objects', 'const a = []; for (;;) a.push({ a });'],
    ['one array', 'new Uint8Array(2 ** 30);'],
  ];
  it.each(bombs)('stops %s with the limit', async (_title, code) => {
    const error = await errorOf(code, patient);
    // An allocation larger than the engine can count at all is its own RangeError.
    expect(['MEMORY_LIMIT', 'SERVER_THREW']).toContain(error.code);
    if (error.code === 'MEMORY_LIMIT') expect(error.params).toEqual({ mb: 32 });
  });

  it('leaves the thread in working order', async () => {
    expect((await runToEnd(patient, 'console.log("fine")')).host.lines()).toEqual(['fine']);
  });
});

describe('S10 recursion', () => {
  it('ends in an error the program can catch', async () => {
    const { host } = await runToEnd(
      pool,
      'const f = () => f() + 1; try { f(); } catch (e) { console.log(e.name, e.message); }',
    );
    expect(host.lines()).toEqual(['RangeError Maximum call stack size exceeded']);
  });

  it.each(['eval nesting', 'nested arrays', 'nested JSON'])('survives %s', async (kind) => {
    const code = {
      'eval nesting':
        'let s = "1"; for (let i = 0; i < 2000; i++) s = "(" + s + ")"; try { eval(s); } catch (e) { console.log(e.name); } console.log("alive");',
      'nested arrays':
        'let a = []; for (let i = 0; i < 100_000; i++) a = [a]; try { String(a); } catch (e) { console.log(e.name); } console.log("alive");',
      'nested JSON':
        'try { JSON.parse("[".repeat(100_000)); } catch (e) { console.log(e.name); } console.log("alive");',
    }[kind]!;
    expect((await runToEnd(patient, code)).host.lines().at(-1)).toBe('alive');
  });
});

describe('S11 floods', () => {
  it('bounds timers and names the limit', async () => {
    const error = await errorOf('for (;;) setTimeout(() => {}, 1e6);', patient);
    expect(error).toMatchObject({ code: 'LIMIT_REACHED', params: { limit: 'timers', value: 10_000 } });
  });

  it('bounds ports', async () => {
    const error = await errorOf(
      'for (let i = 0; i < 50; i++) require("http").createServer().listen(0);',
      patient,
    );
    expect(error).toMatchObject({ code: 'LIMIT_REACHED', params: { limit: 'open ports', value: 16 } });
  });

  it('shows a bounded number of console lines and counts the rest', async () => {
    const { host } = await runToEnd(patient, 'for (let i = 0; i < 3000; i++) console.log(i);');
    expect(host.lines()).toHaveLength(1001);
    expect(host.lines().at(-1)).toContain('2000 more lines');
  });

  it('bounds what one turn sends', async () => {
    const error = await errorOf(
      'const r = new (require("http").ServerResponse)({ id: 1 }); for (;;) r.write(Buffer.alloc(1e6));',
      patient,
    );
    expect(error).toMatchObject({ code: 'LIMIT_REACHED' });
  });
});
