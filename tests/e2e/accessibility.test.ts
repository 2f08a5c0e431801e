import { describe, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { LOOKS } from '../support/looks.ts';
import { PHONE, startSite } from '../support/site.ts';

const site = startSite();

describe.each(LOOKS)('in $colorScheme and $locale', (look) => {
  it('the lesson breaks no rule of WCAG 2.2 AA, before a run and with a message followed', async () => {
    const { page } = await opened('/lessons/polling/2');
    await page.locator('.monaco-editor').nth(1).waitFor();
    expect(await violationsIn(page)).toEqual([]);

    await page.keyboard.press('ControlOrMeta+Enter');
    const band = page.locator('[data-wire-band]');
    await band.locator('svg [class*="_stroke_"]').first().waitFor({ state: 'attached' });
    await band.focus();
    await page.keyboard.press('Home');
    expect(await violationsIn(page)).toEqual([]);
  });

  it('the self-check breaks none', async () => {
    const { page } = await opened('/check');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violationsIn(page)).toEqual([]);
  });

  async function opened(path: string) {
    const lesson = await site.open(path, look);
    await expect.poll(() => lesson.page.locator('html').getAttribute('lang')).toBe(look.locale);
    return lesson;
  }
});

describe('on a phone', () => {
  it('the lesson breaks no rule', async () => {
    const lesson = await site.open('/lessons/polling/2', PHONE);
    await lesson.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violationsIn(lesson.page)).toEqual([]);
  });
});

describe('dialogs', () => {
  it('break no rule, are closed by Escape, and give the focus back', async () => {
    const phone = await site.open('/lessons/polling', PHONE);
    const menu = phone.page.getByRole('button', { name: 'Menu' });
    await menu.click();
    await phone.page
      .getByRole('dialog', { name: 'Menu' })
      .getByRole('link', { name: /Course/ })
      .waitFor();
    expect(await violationsIn(phone.page)).toEqual([]);
    await phone.page.keyboard.press('Escape');
    await expect.poll(() => phone.page.getByRole('dialog').count()).toBe(0);
    expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true);
    await phone.close();

    const desk = await site.open('/lessons/polling');
    await desk.editor('client.js').waitFor({ state: 'attached' });
    await desk.page.locator('[data-wire-band]').focus();
    await desk.page.keyboard.press('?');
    const keys = desk.page.getByRole('dialog', { name: 'Keys' });
    await keys.getByRole('heading', { name: 'Keys' }).waitFor();
    expect(await violationsIn(desk.page)).toEqual([]);
    await keys.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => desk.page.getByRole('dialog').count()).toBe(0);
  });
});

describe('the console', () => {
  it.each(['light', 'dark'] as const)(
    'breaks no rule with an error and its line in it, %s',
    async (colorScheme) => {
      const lesson = await site.open('/lessons/polling', { colorScheme });
      await lesson.edit('client.js', 'let last = 0;', 'let last = nothing;');
      await lesson.runButton.click();
      await lesson.page.getByRole('button', { name: 'client.js:2:12', exact: true }).waitFor();
      expect(await violationsIn(lesson.page)).toEqual([]);
    },
  );
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
  });
});
