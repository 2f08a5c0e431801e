import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { exchange, startProgram, testPool, type Run } from './test-support.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

/** The program's handler alone. */
const server = (handler: string): string =>
  `const held = [];\nrequire('http').createServer((req, res) => {\n  ${handler}\n}).listen(8088);`;

function ask({ host }: Run, text = 'GET /b HTTP/1.1\r\nHost: lab\r\n\r\n'): Socket {
  const socket = connect(host.realPort(8088), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  return socket;
}

async function end({ host, sandbox }: Run): Promise<void> {
  sandbox.dispose();
  await host.end;
}

const never = expect.stringMatching(/^GET \/b was never answered: its handler \(server\.js:2\)/) as string;

it.each([
  ['a branch that nobody wrote', `if (req.url === '/a') res.end('a');`],
  [
    'a body that was read in vain',
    `let n = 0; req.on('data', (c) => (n += c.length)); req.on('end', () => held.push(n));`,
  ],
  ['an await after which nothing comes', `(async () => { await null; res.setHeader('a', 'b'); })();`],
  ['a timer that forgets', `setTimeout(() => held.push(req.url, res.statusCode), 5);`],
])('warns of %s, once and with the line', async (_title, handler) => {
  const run = await startProgram(pool, server(handler));
  const socket = ask(run);
  await expect.poll(() => run.host.lines()).toEqual([never]);
  expect(run.host.events.find(({ type }) => type === 'console')).toMatchObject({
    level: 'warn',
    position: { file: 'server.js', line: 2 },
  });
  socket.destroy();
  await end(run);
  expect(run.host.lines()).toHaveLength(1);
});

it('warns of a response that was begun, in words of its own', async () => {
  const run = await startProgram(pool, server(`res.write('part');`));
  const socket = ask(run);
  await expect
    .poll(() => run.host.lines())
    .toEqual([expect.stringMatching(/^The response to GET \/b was begun and never ended/)]);
  socket.destroy();
  await end(run);
});

it('finds responses in reference cycles when the memory is collected', async () => {
  const run = await startProgram(
    pool,
    `${server(`req.res = res; res.req2 = req;`)}\nsetInterval(() => { for (let n = 0; n < 5000; n++) { const o = {}; o.self = o; } }, 1);`,
  );
  const socket = ask(run);
  await expect.poll(() => run.host.lines()).toEqual([never]);
  socket.destroy();
  await end(run);
});

/** What may take its time, and what was answered in another way. The next request is answered after the memory was collected. */
it.each([
  ['a long poll that is held', `held.push(res);`],
  ['a listener that may still answer', `process.once('answer', () => res.end());`],
  ['a timer that will answer', `setTimeout(() => res.end(), 60_000).unref();`],
  ['a stream that waits for room', `res.once('drain', () => res.end());`],
  ['a connection that is written to directly', `req.socket.write('HTTP/1.1 200 OK\\r\\n\\r\\nraw');`],
  ['a connection that is destroyed', `req.socket.destroy();`],
  ['a response that is destroyed', `res.destroy();`],
  ['a response that is ended later', `setTimeout(() => res.end('late'), 5);`],
])('says nothing of %s', async (_title, handler) => {
  const run = await startProgram(
    pool,
    server(
      `if (req.url === '/last') { for (let n = 0; n < 50_000; n++) { const o = {}; o.self = o; } return setTimeout(() => res.end('done'), 10); }\n  ${handler}`,
    ),
  );
  const socket = ask(run);
  const text = await exchange(
    run.host.realPort(8088),
    'GET /last HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n',
  );
  expect(text).toContain('done');
  expect(run.host.lines()).toEqual([]);
  socket.destroy();
  await end(run);
});

it('says nothing of a long poll whose client left', async () => {
  const run = await startProgram(
    pool,
    server(
      `held.push(res); req.on('close', () => { held.length = 0; console.log('left', req.destroyed); });`,
    ),
  );
  const socket = ask(run);
  await expect.poll(() => run.host.events.filter(({ type }) => type === 'request')).toHaveLength(1);
  socket.destroy();
  await expect.poll(() => run.host.lines()).toEqual(['left true']);
  await end(run);
  expect(run.host.lines()).toHaveLength(1);
});
