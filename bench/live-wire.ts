/**
 * The main thread while 2,000 WebSocket messages a second of a lab are recorded, dissected and drawn; and, when
 * they have ended, whether all of them are on the wire and were handed to the page.
 */
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

/** Half of them go down, half come back: as many as are due, whatever the timer does, until it is asked to be quiet. */
const SERVER = `const http = require('http');
const { WebSocketServer } = require('ws');
let [sent, received, isQuiet] = [0, 0, false];
const server = http.createServer((req, res) => {
  isQuiet ||= req.url === '/quiet';
  if (isQuiet) return res.end(JSON.stringify({ sent, received }));
  res.end('<!doctype html><script src="/client.js"></script>');
});
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  socket.on('message', () => received++);
  const began = Date.now();
  setInterval(() => {
    const due = isQuiet ? 0 : (Date.now() - began) * ${MESSAGES_PER_SECOND / 2000};
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
// Whoever has two cores for browser, page and server waits for them.
page.setDefaultTimeout(60_000);
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
const sent = await settle();
const { delivered, deliverable, gaps } = await recorded();
console.log(
  `sent ${sent}, on the wire ${deliverable}, handed to the page ${delivered}; ${gaps.length > 0 ? gaps.join('; ') : 'no gaps'}`,
);
const heap = await page.evaluate(
  () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
);
console.log(
  `${frames.length} frames, heap ${Math.round(heap / 2 ** 20)} MB, median ${quantile(frames, 0.5)} ms`,
);
report([
  {
    ...of('Messages of the server that are not on the wire', Math.abs(sent - deliverable), 0),
    unit: '',
    samples: sent,
    expected: '0',
  },
  {
    ...of('… that are not known to have been handed to the page', deliverable - delivered, 0),
    unit: '',
    samples: deliverable,
    expected: gaps.length > 0 ? '0, but for gaps' : '0',
    met: delivered === deliverable || gaps.length > 0,
  },
  of('Work of the longest frame at 2,000 messages/s', Math.max(...frames), MOST_MS),
  of('Work per frame at 2,000 messages/s, 95 %', quantile(frames, 0.95), P95_MS),
]);
await lesson.close();
await browser.close();
await app.close();

/** Ends the messages, and waits until nothing of them is under way any more. Returns how many the server sent. */
async function settle(): Promise<number> {
  const [lab] = page.frames().filter((frame) => frame !== page.mainFrame());
  if (!lab) throw new Error(`The run has ended by itself: ${await stateOf()}`);
  const address = new URL('/quiet', lab.url());
  for (;;) {
    const { sent, received } = (await (await fetch(address)).json()) as { sent: number; received: number };
    if (received === sent) return sent;
    await page.waitForTimeout(500);
  }
}

/** The state line, and what is said on the wire. */
async function stateOf(): Promise<string> {
  const words = await page.locator('[class*="_state_"], [role=alert]').allInnerTexts();
  return words.join(' ').replace(/\s+/g, ' ');
}

/** What the app says of the WebSocket's messages, once it says the same twice. */
async function recorded(): Promise<{ delivered: number; deliverable: number; gaps: string[] }> {
  let before = '';
  for (;;) {
    const text = await page.locator('[class*="_metrics_"]').first().innerText();
    if (text === before) break;
    before = text;
    await page.waitForTimeout(2_000);
  }
  const [, delivered, deliverable] = /Delivered\s+([\d\s]+?)\s*of\s*([\d\s]+\d)/.exec(before)!;
  const gaps = await page.getByText(/^No record/).allInnerTexts();
  // The page itself was delivered too: it is no message.
  return { delivered: numberOf(delivered!) - 1, deliverable: numberOf(deliverable!) - 1, gaps };
}

function numberOf(text: string): number {
  return Number(text.replace(/\s/g, ''));
}

function of(name: string, value: number, most: number): Figure {
  return { name, value, unit: 'ms', samples: frames.length, expected: `≤ ${most} ms`, met: value <= most };
}
