/** Every lesson by the keyboard alone, and as its reader left it. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { LESSONS } from '../../lessons/all.ts';
import { currentStep, EVERY_LESSON, openLesson, sharePage, titleOfStep } from '../support/course.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

describe('by the keyboard alone', () => {
  const shared = sharePage(site, 'en');

  it.each(EVERY_LESSON)('%s is read, answered, run, and left for the next step', async (_id, info) => {
    const { lesson } = shared;
    const { page } = lesson;
    await openLesson(site, page, info);
    await page.locator('body').focus();
    await tabTo(page, 'the question', (focus) => focus.type === 'radio');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await focusOf(page)).toMatchObject({ type: 'radio', checked: true });

    await page.keyboard.press('ControlOrMeta+Enter');
    if (info.stage)
      await expect.poll(() => page.locator('[data-race]').getAttribute('data-race')).toBe('running');
    else await lesson.strokes.first().waitFor({ state: 'attached' });

    await tabTo(page, 'the next step', (focus) => focus.rel === 'next');
    await page.keyboard.press('Enter');
    await expect.poll(() => titleOfStep(page)).toContain(info.steps[1]!.title.en);
  });

  const challenges = EVERY_LESSON.filter(([, { steps }]) => steps.some(({ challenge }) => challenge));
  it.each(challenges)(
    'a challenge of %s is opened, and gives its hints and its solution',
    async (_id, info) => {
      const { page } = shared.lesson;
      const index = info.steps.findIndex(({ challenge }) => challenge);
      await openLesson(site, page, info);
      await page.locator('body').focus();
      await tabTo(page, 'the challenge', (focus) => focus.href === `/lessons/${info.id}/${index + 1}`);
      await page.keyboard.press('Enter');
      const challenge = page.getByRole('region', { name: 'Challenge' });
      await challenge.waitFor();
      await tabTo(page, 'the hints', (focus) => focus.text.startsWith('Hint 1'));
      await page.keyboard.press('Enter');
      expect(await challenge.locator('ol li').count()).toBe(1);
      await tabTo(page, 'the solution', (focus) => focus.text === 'Show a solution');
      for (const after of ['Back to my attempt', 'Show a solution']) {
        await page.keyboard.press('Enter');
        await expect.poll(async () => (await focusOf(page)).text).toBe(after);
      }
    },
  );

  const editions = EVERY_LESSON.filter(([, { variants }]) => variants);
  it.each(editions)(
    'another edition of %s is chosen, and its editor is entered and left',
    async (_id, info) => {
      const { page } = shared.lesson;
      const { title } = info.variants![0]!;
      await openLesson(site, page, info);
      await page.locator('body').focus();
      await tabTo(page, 'the edition', (focus) => focus.text === title.en);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByRole('button', { name: title.en, pressed: true }).count()).toBe(1);
      const editor = async () => (await focusOf(page)).editor;
      await page.keyboard.press('1');
      await expect.poll(editor).toBe('client.js');
      await page.keyboard.press('Tab');
      expect(await editor()).toBe('client.js');
      await page.keyboard.press('ControlOrMeta+Z');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      expect(await editor()).not.toBe('client.js');
    },
  );
});

describe('after a reload', () => {
  const shared = sharePage(site, 'en');

  it.each(EVERY_LESSON)('%s has the step, the answer, what was seen, and the attempt', async (_id, info) => {
    const { lesson } = shared;
    const { page } = lesson;
    const index = info.steps.findIndex(({ question }, at) => question && at > 0);
    const { options, answer } = info.steps[index]!.question!;
    const wrong = options.findIndex((option) => option !== answer);
    await openLesson(site, page, info, index + 1);
    await currentStep(page).getByRole('radio').nth(wrong).check();
    await currentStep(page).getByRole('button', { name: 'Show the explanation' }).click();
    await currentStep(page).getByText('Not quite.', { exact: true }).waitFor();
    const typed = `// ${info.id} is mine`;
    if (!info.stage) {
      await lesson.editor('client.js').focus();
      await page.keyboard.press('ControlOrMeta+Home');
      await page.keyboard.type(`${typed}\n`);
      await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain(typed);
    }

    await page.reload();
    await currentStep(page).getByText('Not quite.', { exact: true }).waitFor();
    expect(await currentStep(page).getByRole('radio').nth(wrong).isChecked()).toBe(true);
    expect(await currentStep(page).getByRole('img', { name: 'Done' }).count()).toBe(1);
    if (!info.stage) await page.locator('.view-line').getByText(typed, { exact: true }).first().waitFor();
  });

  it('the course says where each lesson was left, and leads to the last', async () => {
    const { page } = shared.lesson;
    await page.goto(`${site.url}/course`);
    const link = page.getByRole('link', { name: 'Continue' });
    expect(await link.getAttribute('href')).toContain(`/lessons/${LESSONS.at(-1)!.id}/`);
    expect(await page.locator('[data-standing=begun]').count()).toBe(LESSONS.length);
  });
});

interface Focus {
  text: string;
  type: string | null;
  checked: boolean;
  rel: string | null;
  href: string | null;
  /** The file whose editor has the focus. */
  editor: string | null;
}

/** What has the focus. */
function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const focused = document.activeElement!;
    const label = focused.closest('.monaco-editor') && focused.getAttribute('aria-label');
    return {
      text: focused.textContent ?? '',
      type: focused.getAttribute('type'),
      checked: focused instanceof HTMLInputElement && focused.checked,
      rel: focused.getAttribute('rel'),
      href: focused.getAttribute('href'),
      editor: label?.split(',')[0] ?? null,
    };
  });
}

/** Presses Tab until what is looked for has the focus, at most once through the text. */
async function tabTo(page: Page, what: string, isIt: (focus: Focus) => boolean): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    if (isIt(focus)) return;
    // Out of an editor leads Escape.
    if (focus.editor) await page.keyboard.press('Escape');
    passed.push(focus.text.slice(0, 30));
  }
  throw new Error(`Tab does not lead to ${what}; it led to: ${passed.join(' | ')}`);
}
