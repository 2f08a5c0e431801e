/** No lesson breaks a rule of WCAG 2.2 AA, at any of its steps. */
import { describe, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { currentStep, EVERY_LESSON, openLesson, sharePage, titleOfStep } from '../support/course.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

const THEMES = ['light', 'dark'] as const;

describe.each(['en', 'zh-CN'] as const)('in %s', (locale) => {
  const shared = sharePage(site, locale);

  it.each(EVERY_LESSON)('%s breaks no rule of WCAG 2.2 AA', async (_id, info) => {
    const { page } = shared.lesson;
    const breaches = async (where: string, colorScheme: 'light' | 'dark', within?: string) => {
      await page.emulateMedia({ colorScheme });
      await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe(colorScheme);
      return (await violationsIn(page, within)).map((each) => `${where}, ${colorScheme}: ${each}`);
    };
    await openLesson(site, page, info);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    const found: string[] = [];
    // In one theme here, and in the other in the other language; the steps, which differ in words only, in English.
    const themeOf = (n: number) => THEMES[(n + info.order + (locale === 'en' ? 0 : 1)) % 2]!;
    found.push(...(await breaches('all of it', themeOf(0))));
    for (const [index, step] of (locale === 'en' ? info.steps : []).entries()) {
      await page.locator('#pane-read h2 a').nth(index).click();
      await expect.poll(() => titleOfStep(page)).toContain(step.title[locale]);
      if (step.challenge) await currentStep(page).getByRole('heading', { level: 3 }).waitFor();
      found.push(...(await breaches(step.id, themeOf(index + 1), '#pane-read')));
    }
    expect(found).toEqual([]);
  });
});
