import { expect, it } from 'vitest';
import { startSite } from '../support/site.ts';

const site = startSite();

it('the theme that is chosen reaches the learner’s page, which sees nothing but `prefers-color-scheme`', async () => {
  // Without Playwright's emulation, which would decide for every frame.
  const lesson = await site.open('/lessons/polling', { colorScheme: null });
  const html = lesson.page.locator('html');
  const before = await html.getAttribute('data-theme');
  await lesson.run();
  const learners = (await lesson.showLearnersPage()).locator('html');
  const isDark = () => learners.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(await isDark()).toBe(before === 'dark');
  await lesson.page.getByRole('button', { name: /^(Dark|Light) theme$/ }).click();
  await expect.poll(isDark).toBe(before !== 'dark');
});
