import { describe, expect, it } from 'vitest';
import { startSite } from '../support/site.ts';

const site = startSite();

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

describe('the course', () => {
  it('begins, at /, with its first lesson', async () => {
    const lesson = await site.open('/');
    await expect.poll(() => new URL(lesson.page.url()).pathname).toBe('/lessons/request-response/1');
  });
});

describe('the Polling lesson', () => {
  it('is drawn when it runs; an edited interval changes the spacing of the polls, an edited body the bytes', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.run();

    const enough = { timeout: 20_000 };
    await expect.poll(async () => (await lesson.pollSpacing()).length, enough).toBeGreaterThanOrEqual(3);
    const everySecond = median(await lesson.pollSpacing());
    expect(everySecond).toBeGreaterThan(0.9);

    await lesson.edit('client.js', 'setInterval(poll, 1000)', 'setInterval(poll, 250)');
    await lesson.runButton.click();
    await expect
      .poll(async () => {
        const spacing = await lesson.pollSpacing();
        return spacing.length >= 5 && median(spacing) < everySecond / 2;
      }, enough)
      .toBe(true);

    await lesson.edit('server.js', 'res.end(JSON.stringify(fresh))', "res.end('[  ]')");
    await lesson.runButton.click();
    await lesson.followFirstResponse();
    await expect.poll(() => lesson.shownBytes(), enough).toContain('5b20205d');
    expect(lesson.complaints).toEqual([]);
  });

  it('carries Chinese text from server.js to the page as UTF-8 and shows it in every place', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.edit('server.js', 'const messages = [];', "const messages = [{ id: 1, text: '你好' }];");
    await lesson.run();
    await (await lesson.showLearnersPage()).getByText('你好').waitFor();
    await lesson.followFirstResponse();
    await expect.poll(() => lesson.shownBytes()).toContain(Buffer.from('你好', 'utf8').toString('hex'));
    expect(lesson.complaints).toEqual([]);
  });
});

describe('an address', () => {
  it('of a step opens that step', async () => {
    const lesson = await site.open('/lessons/polling/3');
    const current = lesson.page.getByRole('article', { name: 'Lesson' }).locator('[aria-current="step"]');
    await expect.poll(() => current.innerText()).toContain('Count the bytes');
  });

  it('of nothing says so and leads back', async () => {
    const lesson = await site.open('/lessons/nothing');
    await lesson.page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await lesson.page.getByRole('link', { name: 'Back to the lesson' }).click();
    await expect.poll(() => new URL(lesson.page.url()).pathname).toBe('/lessons/request-response/1');
  });
});
