/** The main thread while 2,000 WebSocket messages a second of a lab are recorded, dissected and drawn. */
import { launchBrowser } from '../tests/support/browser.ts';
import { LessonPage } from '../tests/support/lesson.ts';
import { startApp } from '../tests/support/server.ts';
import { report, type Figure } from './support/figure.ts';
import { quantile, workPerFrame } from './support/main-thread.ts';

const MESSAGES_PER_SECOND = 2_000;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
const TRACED_SECONDS = 10;
const MOST_MS = 50;
const P95_MS = 16.7;

/** Half of them go down, half come back: as many as are due, whatever the timer does. */
const SERVER = `const http = require('http');
const { WebSocketServer } = require('ws');
const server = http.createServer((req, res) => res.end('<!doctype html><script src="/client.js"></script>'));
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  socket.on('message', () => {});
  const began = Date.now();
  let sent = 0;
  setInterval(() => {
    const due = (Date.now() - began) * ${MESSAGES_PER_SECOND / 2000};
    while (sent < due) socket.send('message ' + ++sent);
  }, 4);
});
server.listen(8080);`;

const CLIENT = `const socket = new WebSocket(location.origin.replace('http', 'ws'));
socket.onmessage = ({ data }) => socket.send(data);`;

const app = await startApp();
const browser = await launchBrowser();
const lesson = await LessonPage.open(browser, `${app.url}/lessons/websocket`);
const { page } = lesson;
for (const [file, code] of [
  ['client.js', CLIENT],
  ['server.js', SERVER],
] as const) {
  await lesson.editor(file).waitFor({ state: 'attached' });
  await lesson.editor(file).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(code);
}
const zero = page.getByRole('combobox', { name: /Latency/ });
await zero.selectOption('0');
await lesson.runButton.click();
await page.waitForTimeout(3_000);

// A trace of a whole minute is more than Chromium keeps.
const frames: number[] = [];
for (let second = 0; second < SECONDS; second += TRACED_SECONDS) {
  frames.push(...(await workPerFrame(browser, page, () => page.waitForTimeout(TRACED_SECONDS * 1_000))));
}
const figures = await page.locator('[class*="_metrics_"]').first().innerText();
console.log(figures.replace(/\s+/g, ' '));
const heap = await page.evaluate(
  () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
);
console.log(
  `${frames.length} frames, heap ${Math.round(heap / 2 ** 20)} MB, median ${quantile(frames, 0.5)} ms`,
);
report([
  of('Work of the longest frame at 2,000 messages/s', Math.max(...frames), MOST_MS),
  of('Work per frame at 2,000 messages/s, 95 %', quantile(frames, 0.95), P95_MS),
]);
await lesson.close();
await browser.close();
await app.close();

function of(name: string, value: number, most: number): Figure {
  return { name, value, unit: 'ms', samples: frames.length, expected: `≤ ${most} ms`, met: value <= most };
}
