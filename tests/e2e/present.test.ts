import { describe, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import type { LessonPage } from '../support/lesson.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

const caption = ({ page }: LessonPage) => page.getByRole('region', { name: 'What is presented' });
const title = (lesson: LessonPage) => caption(lesson).getByRole('heading', { level: 1 });

describe('presenter mode', () => {
  it('shows stage and caption without bar and text, and gives them back', async () => {
    const lesson = await site.open('/lessons/polling/2');
    const { page } = lesson;
    await lesson.editor('server.js').waitFor({ state: 'attached' });
    const text = page.getByRole('article', { name: 'Lesson' });
    const code = page.locator('.monaco-editor .view-line').first();
    // Monaco draws a line anew when its size changes: for a moment there is none.
    const height = async () => (await code.boundingBox())?.height ?? 0;
    await expect.poll(height).toBeGreaterThan(0);
    const usual = await height();

    await page.keyboard.press('p');
    await title(lesson).getByText('Ask less often, or more').waitFor();
    expect(page.url()).toMatch(/\/lessons\/polling\/2\?present=1$/);
    expect(await text.isVisible()).toBe(false);
    expect(await page.getByRole('banner').isVisible()).toBe(false);
    await expect.poll(async () => (await height()) / usual).toBeCloseTo(1.4, 1);

    await caption(lesson).getByRole('button', { name: 'End the presentation' }).click();
    await text.waitFor();
    expect(page.url()).toMatch(/\/lessons\/polling\/2$/);
    await expect.poll(height).toBe(usual);
    expect(lesson.complaints).toEqual([]);
  });

  it('goes on by a clicker: the answer, with its stroke, then the next step, and back', async () => {
    const lesson = await site.open('/lessons/sse/1?present=1');
    const { page } = lesson;
    await lesson.runButton.click();
    await lesson.strokes.nth(1).waitFor();
    expect(await caption(lesson).getByRole('img', { name: 'The answer' }).count()).toBe(0);

    await page.keyboard.press('PageDown');
    await caption(lesson)
      .getByRole('listitem')
      .filter({ has: page.getByRole('img', { name: 'The answer' }) })
      .getByText('When the empty line has come')
      .waitFor();
    await page.getByRole('button', { name: 'an ordinary GET', includeHidden: true, pressed: true }).waitFor({
      state: 'attached',
    });

    await page.keyboard.press('PageDown');
    await title(lesson).getByText('What is passed over').waitFor();
    expect(page.url()).toMatch(/\/sse\/2\?present=1$/);
    await page.keyboard.press('PageUp');
    await title(lesson).getByText('Open a stream').waitFor();
    // Answers are the learner's own: what the class was shown is no progress.
    expect(await page.evaluate(() => localStorage.getItem('progress') ?? '')).not.toContain('empty-line');
  });

  it('follows what the answer is about when it comes, also when the answer was there before', async () => {
    const lesson = await site.open('/lessons/sse/1?present=1');
    const { page } = lesson;
    await title(lesson).getByText('Open a stream').waitFor();
    await page.keyboard.press('PageDown');
    await caption(lesson).getByRole('img', { name: 'The answer' }).waitFor();
    await lesson.runButton.click();
    await page.getByRole('button', { name: 'an ordinary GET', includeHidden: true, pressed: true }).waitFor({
      state: 'attached',
    });
  });

  it('edits where it is pressed, and puts a menu beside its button', async () => {
    const lesson = await site.open('/lessons/polling?present=1');
    const { page } = lesson;
    await lesson.editor('server.js').waitFor({ state: 'attached' });
    const line = page.locator('.monaco-editor .view-line').filter({ hasText: 'const messages = [];' });
    await line.click({ position: { x: 2, y: 8 } });
    await page.keyboard.type('/* here */');
    await expect
      .poll(() => line.textContent().then((text) => text?.replaceAll('\u00a0', ' ')))
      .toBe('/* here */const messages = [];');

    const button = page.getByRole('button', { name: 'File' });
    await button.click();
    const [under, menu] = await Promise.all([
      button.boundingBox(),
      page.getByRole('button', { name: 'Save run' }).boundingBox(),
    ]);
    expect(Math.abs(menu!.x + menu!.width - (under!.x + under!.width))).toBeLessThan(30);
  });

  it('draws what is open as far as now, enlarged as it is', async () => {
    const lesson = await site.open('/lessons/long-polling?present=1');
    await lesson.runButton.click();
    await lesson.page.locator('[class*="_openHeld_"]').waitFor({ state: 'attached' });
    const ends = await lesson.page.evaluate(() => {
      const rightOf = (name: string) =>
        document.querySelector(`[data-wire-band] [class*="${name}"]`)!.getBoundingClientRect().right;
      return { now: rightOf('_now_'), wash: rightOf('_openWash_'), held: rightOf('_openHeld_') };
    });
    for (const end of [ends.wash, ends.held]) expect(Math.abs(end - ends.now)).toBeLessThan(3);
  });

  it('brings the workbench over the editors, to be used there', async () => {
    const lesson = await site.open('/lessons/websocket/2?present=1');
    const { page } = lesson;
    await lesson.runButton.click();
    await lesson.strokes.first().waitFor({ state: 'attached' });
    await caption(lesson).getByRole('button', { name: 'Ask for version 12' }).click();
    await page.getByRole('tab', { name: 'Workbench', selected: true }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('It switches for a request that it must refuse.').first().waitFor();
  });

  it('is light unless dark was chosen, shows the bytes over the editors by B, and is accessible', async () => {
    const lesson = await site.open('/lessons/polling?present=1', { colorScheme: 'dark' });
    const { page } = lesson;
    const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
    await expect.poll(theme).toBe('light');
    await lesson.runButton.click();
    await lesson.strokes.nth(1).waitFor();
    const bytes = page.getByRole('region', { name: 'Bytes' });
    await page.keyboard.press('b');
    await bytes.click();
    expect(await violationsIn(page)).toEqual([]);
    await page.keyboard.press('b');
    await page.keyboard.press('p');
    await expect.poll(theme).toBe('dark');
  });
});
