import { describe, expect, it } from 'vitest';
import { PHONE, startSite } from '../support/site.ts';

const site = startSite();

describe('on a phone', () => {
  it('following a message on the wire marks its line in the code without leaving the wire', async () => {
    const { page } = await site.open('/lessons/polling/1', PHONE);
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
  });

  it('says on the wire that a browser is emulated', async () => {
    const { page } = await site.open('/lessons/htmlfile/1', PHONE);
    await page.getByRole('tab', { name: 'Wire', exact: true }).tap();
    await page.getByRole('button', { name: 'Run', exact: true }).last().tap();
    await page.locator('#pane-wire').getByText('IE 6, emulated').waitFor();
  });

  it('has the borders, the replay and the scissors within reach of a thumb', async () => {
    const { page } = await site.open('/lessons/polling/1', PHONE);
    await page.getByRole('tab', { name: 'Wire', exact: true }).tap();
    await page.getByRole('button', { name: 'Run', exact: true }).last().tap();
    await expect
      .poll(() => page.locator('[data-wire-band] svg [class*="_stroke_"]').count())
      .toBeGreaterThan(1);
    await page.getByRole('combobox', { name: /Boundaries/ }).selectOption('segments');
    await page.getByRole('button', { name: 'Stop' }).tap();
    const replay = page.getByRole('button', { name: 'Replay', exact: true });
    await replay.tap();
    for (const control of [
      page.getByRole('combobox', { name: /Boundaries/ }),
      replay,
      page.getByRole('button', { name: /Show the whole run/ }),
      page.getByRole('button', { name: /Show as a table/ }),
      page.getByRole('button', { name: 'Cut', exact: true }),
      page.getByRole('button', { name: 'File' }),
    ]) {
      await control.scrollIntoViewIfNeeded();
      const { x, width, height } = (await control.boundingBox())!;
      expect(height).toBeGreaterThanOrEqual(44);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(390);
    }
  });
});
