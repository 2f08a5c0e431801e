/** A saved run of a million WebSocket messages is opened, then panned and zoomed. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { RUN_FILE_FORMAT, RUN_FILE_VERSION } from '../client/capture/file/format.ts';
import { launchBrowser } from '../tests/support/browser.ts';
import { LessonPage } from '../tests/support/lesson.ts';
import { startApp } from '../tests/support/server.ts';
import { report, type Figure } from './support/figure.ts';

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
/** 2,000 a second. */
const EVERY_MS = 0.5;
const BATCH = 500;
const SECONDS = 10;
const FRAMES_PER_SECOND = 30;

const HANDSHAKE =
  'GET /chat HTTP/1.1\r\nHost: localhost:8080\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const SWITCHING =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const MASK = [0x37, 0xfa, 0x21, 0x3d];
const POSITION = { file: 'client.js', line: 3, column: 1 };

/** The lines of the file: a handshake, then messages that go down and come back, with all that is told of each. */
function* lines(): Generator<string> {
  const header = { format: RUN_FILE_FORMAT, version: RUN_FILE_VERSION, lesson: 'websocket', files: {} };
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  yield line(header);
  let seq = 0;
  const offsets = { up: HANDSHAKE.length, down: SWITCHING.length };
  const event = (type: string, t: number, more: object) => ({ type, t, seq: ++seq, ...more });
  const crossing = (direction: 'up' | 'down', t: number, offset: number, bytes: Buffer) => [
    event('bytes', t, {
      connection: 1,
      direction,
      offset,
      length: bytes.length,
      base64: bytes.toString('base64'),
    }),
    event('arrived', t + 20, { connection: 1, direction, end: offset + bytes.length }),
  ];
  yield line({
    telemetry: [
      event('run', 0, { run: 1, startedAt: 1_700_000_000_000 }),
      event('state', 1, { state: 'listening' }),
      event('connection', 2, { connection: 1, port: 8080 }),
      ...crossing('up', 3, 0, Buffer.from(HANDSHAKE)),
      ...crossing('down', 4, 0, Buffer.from(SWITCHING)),
    ],
  });
  const socket = {
    type: 'network',
    call: 1,
    api: 'WebSocket',
    method: 'GET',
    url: 'ws://localhost:8080/chat',
  };
  yield line({ clockErrorMs: 0.4 });
  yield line({
    pageEvents: [
      { ...socket, name: 'WebSocket', t: 2 },
      { ...socket, name: 'open', t: 25 },
    ],
    run: 1,
    page: null,
  });
  for (let from = 0; from < MESSAGES; from += BATCH) {
    const telemetry: object[] = [];
    const pageEvents: object[] = [];
    for (let n = from; n < Math.min(MESSAGES, from + BATCH); n++) {
      const direction = n % 2 === 0 ? 'down' : 'up';
      const count = Math.floor(n / 2) + 1;
      const t = 100 + n * EVERY_MS;
      const payload = Buffer.from(`message ${count}`);
      const size = payload.length;
      if (direction === 'down') {
        const bytes = Buffer.concat([Buffer.from([0x81, size]), payload]);
        const call = { connection: 1, name: 'socket.write', offset: offsets.down, length: bytes.length };
        telemetry.push(event('call', t, { ...call, at: { ...POSITION, file: 'server.js' } }));
        telemetry.push(...crossing('down', t, offsets.down, bytes));
        offsets.down += bytes.length;
        pageEvents.push({ ...socket, name: 'message', t: t + 21, n: count, size, at: POSITION });
      } else {
        const masked = payload.map((byte, index) => byte ^ MASK[index % 4]!);
        const bytes = Buffer.concat([Buffer.from([0x81, 0x80 | size, ...MASK]), masked]);
        telemetry.push(...crossing('up', t, offsets.up, bytes));
        offsets.up += bytes.length;
        pageEvents.push({ ...socket, name: 'send', t: t - 0.2, n: count, size, at: POSITION });
      }
    }
    yield line({ telemetry });
    yield line({ pageEvents, run: 1, page: null });
  }
}

const folder = await mkdtemp(join(tmpdir(), 'million-messages-'));
const path = join(folder, 'million.run.gz');
await pipeline(
  Readable.from(lines()),
  createGzip({ level: constants.Z_BEST_SPEED }),
  createWriteStream(path),
);
console.log(`file of ${MESSAGES} messages: ${Math.round((await stat(path)).size / 2 ** 20)} MB`);

const app = await startApp();
const browser = await launchBrowser();
const lesson = await LessonPage.open(browser, `${app.url}/lessons/websocket`);
const { page } = lesson;
const session = await page.context().newCDPSession(page);
await page.locator('input[type=file]').first().waitFor({ state: 'attached' });
const began = performance.now();
await page.locator('input[type=file]').first().setInputFiles(path);
await page.getByText(/Opening/).waitFor();
await page.getByText(/Opening/).waitFor({ state: 'hidden', timeout: 300_000 });
const opened = (performance.now() - began) / 1000;
console.log(`opened in ${opened.toFixed(1)} s`);

/** Frames per second while `step` is done again and again. */
async function framesWhile(step: (n: number) => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const shared = window as unknown as { frames: number; counting: boolean };
    shared.frames = 0;
    shared.counting = true;
    const count = () => {
      shared.frames++;
      if (shared.counting) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  const from = performance.now();
  for (let n = 0; performance.now() - from < SECONDS * 1000; n++) await step(n);
  const seconds = (performance.now() - from) / 1000;
  const frames = await page.evaluate(() => {
    const shared = window as unknown as { frames: number; counting: boolean };
    shared.counting = false;
    return shared.frames;
  });
  return frames / seconds;
}

const band = page.locator('[data-wire-band]').first();
await band.hover();
await band.focus();
await page.keyboard.press('0');
const pan = async (n: number) => page.mouse.wheel(n % 40 < 20 ? -90 : 90, 0);
const zoom = async (n: number) => {
  await page.keyboard.press(n % 28 < 14 ? '+' : '-');
};
const figures: Figure[] = [];
const measure = async (name: string, step: (n: number) => Promise<void>) => {
  const value = await framesWhile(step);
  const met = value >= FRAMES_PER_SECOND;
  figures.push({ name, value, unit: '/s', samples: 1, expected: `≥ ${FRAMES_PER_SECOND} /s`, met });
};
await measure('Frames, panning a whole run of a million messages', pan);
await measure('Frames, zooming in and out', zoom);
for (let n = 0; n < 12; n++) await page.keyboard.press('+');
await measure('Frames, panning at single strokes', pan);

await session.send('HeapProfiler.collectGarbage');
const usage = (await session.send('Runtime.getHeapUsage')) as {
  usedSize: number;
  backingStorageSize?: number;
};
const bytes = usage.usedSize + (usage.backingStorageSize ?? 0);
console.log(
  `heap ${Math.round(usage.usedSize / 2 ** 20)} MB, typed arrays ${Math.round((usage.backingStorageSize ?? 0) / 2 ** 20)} MB`,
);
figures.push({
  name: 'Memory per message of an opened run',
  value: bytes / MESSAGES,
  unit: 'B',
  samples: 1,
  expected: '≤ 800 B',
  met: bytes / MESSAGES <= 800,
});
figures.push({ name: 'Opening it', value: opened, unit: 's', samples: 1, expected: '', met: true });
report(figures);
await lesson.close();
await browser.close();
await app.close();
await rm(folder, { recursive: true });
