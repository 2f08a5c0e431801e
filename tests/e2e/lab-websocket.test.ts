/** A browser's own WebSocket against the server code of a lab: `ws` with and without compression, and one made by hand. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxPool } from '../../server/sandbox/contract.ts';
import { startProgram, testPool } from '../../server/sandbox/test-support.ts';
import { WEBSOCKET_SERVERS } from '../../server/sandbox/websocket-servers.ts';
import { launchBrowser } from '../support/browser.ts';

let pool: SandboxPool;
let browser: Browser;
beforeAll(async () => {
  [pool, browser] = await Promise.all([testPool(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await pool.close();
});

it.each(WEBSOCKET_SERVERS)('serves a page: $title', async ({ code, deflates }) => {
  const { host, sandbox } = await startProgram(pool, code);
  const page = await browser.newPage();
  const seen = await page.evaluate(
    async (url) => {
      const socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      const heard = (type: string): Promise<Event> =>
        new Promise((resolve, reject) => {
          socket.addEventListener(type, resolve, { once: true });
          socket.addEventListener(
            'close',
            (event) => type !== 'close' && reject(new Error(`closed ${event.code}`)),
          );
        });
      await heard('open');
      const echo = async (data: string | ArrayBuffer): Promise<unknown> => {
        const message = heard('message');
        socket.send(data);
        return ((await message) as MessageEvent).data;
      };
      const text = await echo('h\u00e9llo \u{1f600}');
      const sent = Uint8Array.from({ length: 1024 * 1024 }, (_, n) => (n * 2_654_435_761) >>> 24);
      const bytes = new Uint8Array((await echo(sent.buffer)) as ArrayBuffer);
      const closed = heard('close');
      socket.send('close me');
      const { code, reason, wasClean } = (await closed) as CloseEvent;
      return {
        text,
        same: bytes.length === sent.length && bytes.every((byte, at) => byte === sent[at]),
        extensions: socket.extensions,
        close: [code, reason, wasClean],
      };
    },
    `ws://127.0.0.1:${host.realPort(8088)}/page`,
  );
  await page.close();
  await expect.poll(() => host.lines()).toEqual(['open /page', 'close 4001 as you wish']);
  sandbox.dispose();
  await host.end;
  expect(seen).toEqual({
    text: 'h\u00e9llo \u{1f600}',
    same: true,
    extensions: deflates ? 'permessage-deflate' : '',
    close: [4001, 'as you wish', true],
  });
});
