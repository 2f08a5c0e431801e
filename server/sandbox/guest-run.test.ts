import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Engine } from './engine/engine.ts';
import { readImage } from './engine/image.ts';
import { GuestRun } from './guest-run.ts';
import { Heartbeat } from './heartbeat.ts';
import { LIMITS } from './limits.ts';
import type { FromWorker } from './protocol.ts';
import { testArtifacts } from './test-support.ts';

/** What a program says to the main thread in its first turn, in a worker of its own that nobody listens to. */
async function firstTurn(code: string): Promise<FromWorker[]> {
  const folder = await testArtifacts();
  const wasm = await WebAssembly.compile(await readFile(join(folder, 'quickjs.wasm')));
  const image = readImage(await readFile(join(folder, 'guest.image')));
  const said: FromWorker[] = [];
  const limits = { ...LIMITS, turnMs: 10_000 };
  new GuestRun({
    sandbox: 1,
    files: { 'server.js': code },
    env: {},
    limits,
    heartbeat: new Heartbeat(),
    takeEngine: (hooks) => new Engine(wasm, image, limits, hooks),
    returnEngine: () => undefined,
    post: (message) => void said.push(message),
    ready: () => undefined,
    ended: () => undefined,
  }).step();
  return said;
}

it('S11 takes no more bytes from a turn that has sent too many, however late the engine asks whether to go on', async () => {
  const said = await firstTurn(`
    const response = new (require('http').ServerResponse)({ id: 1 });
    const piece = Buffer.alloc(1e6);
    for (;;) response.write(piece);
  `);
  const bytes = said.flatMap((message) => (message.type === 'calls' ? message.bytes : []));
  const sent = bytes.reduce((sum, { length }) => sum + length, 0);
  expect(sent).toBeGreaterThan(LIMITS.callBytesPerTurn - 1e6);
  expect(sent).toBeLessThan(LIMITS.callBytesPerTurn + 2e6);
  expect(said.at(-1)).toMatchObject({
    type: 'failed',
    error: { params: { limit: 'MiB sent per turn', value: 16 } },
  });
});
