import { describe, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { PHONE, startSite } from '../support/site.ts';

const site = startSite();

const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['en', 'zh-CN'] as const).map((locale) => ({ colorScheme, locale })),
);

describe.each(LOOKS)('in $colorScheme and $locale', (look) => {
  it('the course breaks no rule of WCAG 2.2 AA', async () => {
    const { page, close } = await opened('/course');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await close();
  });

  it('the lesson breaks none, before a run and with a message followed', async () => {
    const { page, close } = await opened('/lessons/polling/2');
    await page.locator('.monaco-editor').nth(1).waitFor();
    expect(await violationsIn(page)).toEqual([]);

    await page.keyboard.press('ControlOrMeta+Enter');
    const band = page.locator('[data-wire-band]');
    await band.locator('svg [class*="_stroke_"]').first().waitFor({ state: 'attached' });
    await band.focus();
    await page.keyboard.press('Home');
    expect(await violationsIn(page)).toEqual([]);
    await close();
  });

  it('the self-check breaks none', async () => {
    const { page, close } = await opened('/check');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await close();
  });

  async function opened(path: string) {
    const lesson = await site.open(path, look);
    await expect.poll(() => lesson.page.locator('html').getAttribute('lang')).toBe(look.locale);
    return { page: lesson.page, close: () => lesson.close() };
  }
});

describe('on a phone', () => {
  it('the lesson breaks no rule', async () => {
    const lesson = await site.open('/lessons/polling/2', PHONE);
    await lesson.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violationsIn(lesson.page)).toEqual([]);
    await lesson.close();
  });
});

describe('the keyboard', () => {
  it('leaves an editor by Escape and Tab, and stays in it by Tab alone', async () => {
    const lesson = await site.open('/lessons/polling');
    const editor = lesson.editor('client.js');
    await editor.focus();
    const focused = () => editor.evaluate((element) => element === document.activeElement);
    await lesson.page.keyboard.press('Tab');
    expect(await focused()).toBe(true);
    expect(await editor.getAttribute('aria-label')).toMatch(/Esc/);
    await lesson.page.keyboard.press('Escape');
    await lesson.page.keyboard.press('Tab');
    expect(await focused()).toBe(false);
    await lesson.close();
  });
});
