/** What a printer gets of a lesson. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { startSite } from '../support/site.ts';

const site = startSite();

/** A4 without its margins, at 96 px an inch. */
const PAPER = { width: 688, height: 1_017 };

it('has the text, every message of the wire and the followed bytes, in dark ink, and no controls', async () => {
  const lesson = await site.open('/lessons/polling', { colorScheme: 'dark' });
  const { page } = lesson;
  await lesson.run();
  await lesson.followFirstResponse();
  await lesson.stopButton.click();
  const messages = (await lesson.rows()).length;
  await page.keyboard.press('t');

  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(PAPER);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const table = page.getByRole('region', { name: 'Table of the wire' });
  await expect.poll(() => table.locator('tbody tr').count()).toBeGreaterThanOrEqual(messages);
  const bytes = page.getByRole('region', { name: 'Bytes', exact: true });
  const parts = [page.getByRole('heading', { level: 1 }), table, bytes.getByRole('heading')];
  for (const part of parts) expect(await part.isVisible()).toBe(true);
  // One below the other, none cut off, none wider than the paper.
  const places = await Promise.all(parts.map(placeOf));
  expect(places.map(({ top }) => top)).toEqual(places.map(({ top }) => top).toSorted((a, b) => a - b));
  for (const { hidden, right } of places) {
    expect(hidden).toBe(0);
    expect(right).toBeLessThanOrEqual(PAPER.width);
  }
  const controls = ['Run again', 'Stop', 'Copy', 'File'].map((name) => page.getByRole('button', { name }));
  for (const control of [...controls, page.locator('.monaco-editor').first(), page.locator('iframe')])
    expect(await control.isVisible()).toBe(false);
  const ink = await page.evaluate(() => getComputedStyle(document.body).color);
  expect(Math.max(...ink.match(/\d+/g)!.map(Number))).toBeLessThan(80);
});

/** Where an element is, and how much of it and of what is around it is cut off, px. */
function placeOf(element: Locator) {
  return element.evaluate((node) => {
    const { top, right } = node.getBoundingClientRect();
    let hidden = 0;
    for (let each: Element | null = node; each && each !== document.body; each = each.parentElement) {
      const clips = getComputedStyle(each).overflowY !== 'visible';
      if (clips) hidden += each.scrollHeight - each.clientHeight;
    }
    return { top: top + scrollY, right, hidden };
  });
}
