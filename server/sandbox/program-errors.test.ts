import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { exchange, runToEnd, startProgram, testPool, TestHost } from './test-support.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

async function errorOf(files: string | Record<string, string>) {
  const { end } = await runToEnd(pool, files);
  return end.reason === 'error' ? end.error : undefined;
}
const at = (line: number, column: number, file = 'server.js') => ({ file, line, column });

describe('syntax errors', () => {
  it('are told with file, line and column before anything runs', async () => {
    const { host, end } = await runToEnd(pool, 'console.log(1);\nconst a = ;');
    expect(end).toEqual({
      reason: 'error',
      error: {
        code: 'SYNTAX_ERROR',
        message: "SyntaxError: Unexpected token ';'",
        at: at(2, 11),
        excerpt: 'const a = ;\n          ^',
      },
    });
    expect(host.lines()).toEqual([]);
  });

  it('are found in every script of the lab', async () => {
    expect(await errorOf({ 'server.js': '', 'client.js': 'let x = {\n' })).toMatchObject({
      code: 'SYNTAX_ERROR',
      at: { file: 'client.js', line: 2 },
    });
  });

  it('of an import name the export that is missing', async () => {
    expect(await errorOf(`import {\n  nope } from 'node:http';`)).toEqual({
      code: 'SYNTAX_ERROR',
      message: "SyntaxError: The requested module 'node:http' does not provide an export named 'nope'",
      at: at(2, 3),
    });
  });
});

describe('modules that a lab does not offer', () => {
  it.each([
    [`const x = 1;\nconst e = require('express');`, at(2, 11)],
    [`const x = 1;\nimport e from 'express';`, at(2, 15)],
  ])('are named, with the line: %s', async (code, position) => {
    expect(await errorOf(code)).toMatchObject({
      code: 'MODULE_NOT_FOUND',
      params: { module: 'express' },
      at: position,
      message: expect.stringContaining("Cannot find module 'express'") as string,
    });
  });

  it('can be missed by code that is prepared for it', async () => {
    const { host } = await runToEnd(
      pool,
      `try { require('express') } catch (e) { console.log(e.code) } import('./no.js').catch((e) => console.log(e.code));`,
    );
    expect(host.lines()).toEqual(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND']);
  });
});

describe('errors nothing catches', () => {
  const throws: [title: string, code: string, message: string, line: number][] = [
    ['an unknown name', '\npasts.push(1);', 'ReferenceError: pasts is not defined', 2],
    ['a missing method', 'const req = {};\nreq.send(1);', 'TypeError: req.send is not a function', 2],
    [
      'a missing property',
      'const req = {};\n\nreq.a.b;',
      "TypeError: Cannot read properties of undefined (reading 'b')",
      3,
    ],
    [
      'an error of the program',
      'function f() {\n  throw new RangeError("mine");\n}\nf();',
      'RangeError: mine',
      2,
    ],
    ['an error in a timer', 'setTimeout(() => {\n  throw new Error("later");\n}, 1);', 'Error: later', 2],
    [
      'an error after await',
      '(async () => {\n  await null;\n  throw new TypeError("async");\n})();',
      'TypeError: async',
      3,
    ],
    ['a rejection nobody handles', 'Promise.reject(new Error("alone"));', 'Error: alone', 1],
    [
      'an error event without listener',
      'const e = new (require("events"))();\ne.emit("error", new Error("unheard"));',
      'Error: unheard',
      2,
    ],
    [
      'an error in a module with top-level await',
      'await 1;\nnope();',
      'ReferenceError: nope is not defined',
      2,
    ],
  ];
  it.each(throws)('end the run: %s', async (_title, code, message, line) => {
    expect(await errorOf(code)).toMatchObject({
      code: 'SERVER_THREW',
      message,
      at: { file: 'server.js', line },
    });
  });

  it('carry the frames of all learner files', async () => {
    const error = await errorOf({
      'server.js': `require('./lib/a.js')();`,
      'lib/a.js': `module.exports = () => {\n  missing();\n};`,
    });
    expect(error?.stack?.map(({ file, line }) => `${file}:${line}`)).toEqual(['lib/a.js:2', 'server.js:1']);
  });

  it('end the run after a request was taken, as Node does', async () => {
    const { host } = await startProgram(
      pool,
      `require('http').createServer((req, res) => {\n  pasts.push(1);\n}).listen(1)`,
    );
    expect(await exchange(host.realPort(), 'GET / HTTP/1.1\r\nHost: l\r\n\r\n')).toBe('');
    expect(await host.end).toMatchObject({
      error: { message: 'ReferenceError: pasts is not defined', at: at(2, 3) },
    });
    expect(host.events.at(-1)).toMatchObject({ type: 'thrown', fatal: true });
  });

  it('are events only when the program listens for them', async () => {
    const { host, end } = await runToEnd(
      pool,
      `process.on('uncaughtException', (e) => console.log('heard', e.message)); setTimeout(() => { throw new Error('x') }, 1);`,
    );
    expect(end).toEqual({ reason: 'exit', code: 0 });
    expect(host.lines()).toEqual(['heard x']);
    expect(host.events).toContainEqual(expect.objectContaining({ type: 'thrown', fatal: false }));
  });

  it('reject the start with the same error', async () => {
    await expect(startProgram(pool, 'throw new Error("first turn")')).rejects.toMatchObject({
      reported: { code: 'SERVER_THREW', message: 'Error: first turn' },
    });
  });
});

describe('a port that is refused', () => {
  it('ends the run and names the port and the line', async () => {
    const host = new TestHost();
    host.refuse.set(80, 'EACCES');
    await expect(
      startProgram(pool, `const http = require('http');\nhttp.createServer().listen(80);`, host),
    ).rejects.toMatchObject({
      reported: {
        code: 'PORT_REFUSED',
        params: { port: 80, reason: 'EACCES' },
        at: at(2, 21),
        message: 'Error: listen EACCES: permission denied :::80',
      },
    });
  });

  it('is an error event like any of Node', async () => {
    const host = new TestHost();
    host.refuse.set(80, 'EADDRINUSE');
    const { sandbox } = await startProgram(
      pool,
      `const s = require('http').createServer(); s.on('error', (e) => { console.log(e.code, e.port, e.syscall, e.message); s.listen(81) }); s.listen(80, '127.0.0.1')`,
      host,
    );
    await expect.poll(() => host.servers.has(81)).toBe(true);
    expect(host.lines()).toEqual([
      'EADDRINUSE 80 listen listen EADDRINUSE: address already in use 127.0.0.1:80',
    ]);
    sandbox.dispose();
  });
});
