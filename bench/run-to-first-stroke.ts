/** From a press on Run to the first stroke in the picture, in a real browser. */
import { launchBrowser } from '../tests/support/browser.ts';
import { LessonPage } from '../tests/support/lesson.ts';
import { startApp } from '../tests/support/server.ts';
import { figure, repeat, report } from './support/figure.ts';

const app = await startApp();
const browser = await launchBrowser();
const lesson = await LessonPage.open(browser, `${app.url}/lessons/polling`);
// The network's own delay is not what is measured.
await lesson.page.getByRole('combobox', { name: /Latency/ }).selectOption('0');
await lesson.page.locator('.monaco-editor').nth(1).waitFor();

/** Both instants are read in the page: the click event, and the first frame after the stroke is in the document. */
async function sample(): Promise<number> {
  await lesson.runButton.evaluate((button) => {
    const band = document.querySelector('[data-wire-band]')!;
    const shared = window as unknown as { firstStroke: Promise<number> };
    shared.firstStroke = new Promise((resolve) => {
      button.addEventListener(
        'click',
        () => {
          const pressed = performance.now();
          // Until the new run begins, the strokes of the one before stay, dimmed.
          let begun = false;
          const look = () => {
            const strokes = band.querySelector('svg [class*="_stroke_"]') !== null;
            const dimmed = band.querySelector('svg [class*="_stale_"]') !== null;
            if (!strokes || dimmed) begun = true;
            else if (begun) {
              observer.disconnect();
              requestAnimationFrame(() => resolve(performance.now() - pressed));
            }
          };
          const observer = new MutationObserver(look);
          const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] };
          observer.observe(band, changes);
          look();
        },
        { once: true },
      );
    });
  });
  await lesson.runButton.click();
  return lesson.page.evaluate(() => (window as unknown as { firstStroke: Promise<number> }).firstStroke);
}

await repeat(2, sample);
report([figure('Run to first stroke drawn', 'ms', await repeat(15, sample), { atMost: 150 })]);
await lesson.close();
await browser.close();
await app.close();
