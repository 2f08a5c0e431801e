import { afterAll, beforeAll, expect, it } from 'vitest';
import { BUILTIN_NAMES } from './builtin-names.ts';
import type { SandboxPool } from './contract.ts';
import { exchange, runToEnd, startProgram, testPool } from './test-support.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

async function linesOf(files: string | Record<string, string>): Promise<string[]> {
  const { host, end } = await runToEnd(pool, files);
  if (end.reason === 'error') throw new Error(end.error.message);
  return host.lines();
}

it('offers each built-in module to require and to import, with and without node:', async () => {
  const names = JSON.stringify(BUILTIN_NAMES);
  expect(
    await linesOf({
      'server.js': `import { check } from './check.cjs'; check();
        for (const name of ${names}) {
          const [a, b] = [await import(name), await import('node:' + name)];
          if (a !== b || a.default === undefined || Object.keys(a).length < 2) console.log('import', name);
        }
        console.log('done');`,
      'check.cjs': `exports.check = () => { for (const name of ${names}) if (require(name) !== require('node:' + name)) console.log('require', name); };`,
    }),
  ).toEqual(['done']);
});

it('loads relative files, folders and JSON by require', async () => {
  expect(
    await linesOf({
      'server.js': `const a = require('./a'), { b } = require('./lib'), d = require('./data.json');
        console.log(a.name, b, d.x, require('./a') === a, require.main === module, require.resolve('./a'), __dirname);`,
      'a.js': `exports.name = __filename;`,
      'lib/index.js': `exports.b = require('../a').name + '!';`,
      'data.json': `{ "x": 1 }`,
    }),
  ).toEqual(['/lab/a.js /lab/a.js! 1 true true /lab/a.js /lab']);
});

it('survives modules that require each other', async () => {
  expect(
    await linesOf({
      'server.js': `console.log(require('./a').done)`,
      'a.js': `exports.early = 1; exports.done = require('./b').seen;`,
      'b.js': `exports.seen = require('./a').early;`,
    }),
  ).toEqual(['1']);
});

it('imports files, JSON and CommonJS from a module', async () => {
  expect(
    await linesOf({
      'server.js': `import def, { named } from './m.mjs'; import cjs, { two } from './c.cjs'; import data from './d.json' with { type: 'json' };
        import * as all from './m.mjs'; import { readFileSync } from 'fs';
        console.log(def, named, cjs.two === two, data.x, Object.keys(all).join(), import.meta.url, import.meta.dirname);
        console.log(readFileSync(new URL('./d.json', import.meta.url), 'utf8'), (await import('./late.js')).default, typeof require, this);`,
      'm.mjs': `export default 'd'; export const named = 'n';`,
      'c.cjs': `module.exports = { two: 2 };`,
      'd.json': `{"x":5}`,
      'late.js': `export default 'late';`,
    }),
  ).toEqual(['d n true 5 default,named file:///lab/server.js /lab', '{"x":5} late undefined undefined']);
});

it('starts at once while a top-level await is pending', async () => {
  const { host, sandbox } = await startProgram(
    pool,
    `import http from 'http'; await new Promise((r) => setTimeout(r, 5)); http.createServer((q, s) => s.end('after')).listen(1);`,
  );
  await expect.poll(() => host.servers.size).toBe(1);
  await expect.poll(() => host.servers.get(1)?.listening).toBe(true);
  expect(await exchange(host.realPort(), 'GET / HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n')).toContain(
    'after',
  );
  sandbox.dispose();
});

it('takes the format from package.json, the extension or the grammar', async () => {
  const line = `console.log(typeof module)`;
  expect(await linesOf({ 'server.js': line })).toEqual(['object']);
  expect(await linesOf({ 'server.js': line, 'package.json': `{"type":"module"}` })).toEqual(['undefined']);
  expect(await linesOf({ 'server.js': `${line}; export {}` })).toEqual(['undefined']);
});

it("refuses to require a module, with Node's code", async () => {
  expect(
    await linesOf({
      'server.js': `try { require('./m.mjs') } catch (e) { console.log(e.code) }`,
      'm.mjs': 'export {}',
    }),
  ).toEqual(['ERR_REQUIRE_ESM']);
});

it("S4 reads and writes the lab's own files only", async () => {
  expect(
    await linesOf({
      'server.js': `const fs = require('fs'), path = require('path');
        fs.writeFileSync('notes.txt', 'a'); fs.appendFileSync(path.join(__dirname, 'notes.txt'), 'b');
        console.log(fs.readFileSync('./notes.txt', 'utf8'), fs.readdirSync('.').join(), fs.existsSync('/etc/passwd'), fs.statSync('page/index.html').size);
        try { fs.readFileSync('/etc/passwd') } catch (e) { console.log(e.code, e.message) }
        try { fs.readFileSync('../../../etc/passwd') } catch (e) { console.log(e.code) }
        fs.readFile('page/index.html', (e, b) => console.log(e, b.toString()));
        fs.promises.readFile('none').catch((e) => console.log(e.syscall, e.path));
        setTimeout(() => fs.createReadStream('page/index.html', 'utf8').on('data', (c) => console.log('stream', c)), 1);`,
      'page/index.html': '<p>',
    }),
  ).toEqual([
    'ab notes.txt,page,server.js false 3',
    "ENOENT ENOENT: no such file or directory, open '/etc/passwd'",
    'ENOENT',
    'null <p>',
    'open none',
    'stream <p>',
  ]);
});

it('S4 shows the environment it was given and nothing else', async () => {
  expect(await linesOf('console.log(JSON.stringify(process.env), process.cwd(), process.platform)')).toEqual([
    '{"PAGE_ORIGIN":"http://page.test"} /lab linux',
  ]);
});

it('S2 gives code no way to the host function', async () => {
  expect(
    await linesOf(`const own = Object.getOwnPropertyNames(globalThis).filter((n) => /host|bridge|\\$|guest|builtins|load/i.test(n));
      console.log(own.join(), typeof process.binding, typeof process.mainModule);
      import('internal:commonjs').catch((e) => console.log(e.code));`),
  ).toEqual([' undefined undefined', 'ERR_MODULE_NOT_FOUND']);
});

it('S6 ends only the guest whose broken globals make nonsense of its calls', async () => {
  const { end } = await runToEnd(
    pool,
    `Object.prototype.toJSON = Array.prototype.toJSON = () => ({ op: 'listen', server: {}, port: 'x' }); console.log(1); setTimeout(() => {}, 1e6);`,
  );
  expect(end.reason).toBe('error');
  expect(await linesOf(`console.log('neighbour')`)).toEqual(['neighbour']);
});
