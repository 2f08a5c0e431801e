import { describe, expect, it } from 'vitest';
import { startSite } from '../support/site.ts';

const site = startSite();

describe('the network between both ends', () => {
  it('is impaired, cut in silence, and cut at a time, by the controls beside the wire', async () => {
    const lesson = await site.open('/lessons/polling');
    const { page } = lesson;
    await lesson.run();
    const network = page.getByRole('group', { name: 'Network between both ends' });

    const proxy = network.getByRole('button', { name: /proxy: / });
    await proxy.click();
    const panel = page.getByRole('group', { name: 'The network', exact: true });
    await panel.getByRole('radio', { name: /^Buffering proxy/ }).check();
    await panel.getByLabel('Holds up to').selectOption('4 KiB');
    await panel.getByLabel('Bandwidth').selectOption('50 kB/s');
    await page.keyboard.press('Escape');
    await network
      .getByRole('button', {
        name: '(proxy: Buffering proxy; bandwidth: 50 kB/s; jitter: up to 0 ms; knife: no knife)',
      })
      .waitFor();

    const how = network.getByRole('button', { name: 'How and when to cut' });
    await how.click();
    const cut = page.getByRole('group', { name: 'How and when to cut' });
    await cut.getByLabel('Cut at').fill('600');
    await cut.getByLabel('How to cut').selectOption('Silence');
    await cut.getByRole('button', { name: 'Plan' }).click();
    await cut.getByText('Silence at 600.00 s').waitFor();
    await cut.getByRole('button', { name: 'Call off' }).click();
    await cut.getByLabel('Cut at').waitFor();

    await cut.getByRole('button', { name: /^Silence/ }).click();
    await cut.waitFor({ state: 'hidden' });
    expect(lesson.complaints.filter((text) => !text.includes('Failed to fetch'))).toEqual([]);
  });
});
