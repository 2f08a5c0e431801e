import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { LessonPage } from '../support/lesson.ts';
import { type App, startApp } from '../support/server.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('on a phone', () => {
  it('following a message on the wire marks its line in the code without leaving the wire', async () => {
    const { page, context } = await LessonPage.open(browser, `${app.url}/lessons/polling/1`, PHONE);
    const tab = (name: string) => page.getByRole('tab', { name, exact: true });
    await tab('Code').tap();
    await page.locator('.cm-editor').nth(1).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).last().tap();
    await tab('Wire').tap();
    const wire = page.getByRole('application');
    await expect
      .poll(() => page.locator('[data-wire-band] svg [class*="_stroke_"]').count())
      .toBeGreaterThan(1);
    await wire.focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('.cm-editor [class*="mark"]').count()).toBeGreaterThan(0);
    expect(await tab('Wire').getAttribute('aria-selected')).toBe('true');
    const box = await wire.boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(390);
    await context.close();
  });
});
