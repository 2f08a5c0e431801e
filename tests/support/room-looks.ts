/** The room before somebody has joined, and after something was said, as each look has it. */
import type { BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';
import { violationsIn } from './axe.ts';
import type { Site } from './site.ts';

/** Breaks no rule of WCAG 2.2 AA, and needs no sideways scrolling. */
export async function expectAccessibleRoom(
  site: Site,
  path: '/chat' | '/chat?pages=2',
  look: BrowserContextOptions,
): Promise<void> {
  const { page } = await site.open(path, look);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await violationsIn(page)).toEqual([]);
  const forms = page.locator('section[aria-labelledby] form');
  for (const name of await forms.getByRole('textbox').all()) {
    await name.fill('Wei');
    await name.press('Enter');
  }
  await expect.poll(() => page.getByRole('log').count()).toBe(path === '/chat' ? 1 : 2);
  // Others have been here before, and what they said stays.
  const said = `你好 ${crypto.randomUUID()}`;
  const text = forms.getByRole('textbox').first();
  await text.fill(said);
  await text.press('Enter');
  await page.getByRole('log').first().getByText(said).waitFor();
  expect(await violationsIn(page)).toEqual([]);
  const { scrolled, shown } = await page.evaluate(() => ({
    scrolled: document.documentElement.scrollWidth,
    shown: document.documentElement.clientWidth,
  }));
  expect(scrolled).toBeLessThanOrEqual(shown);
}
