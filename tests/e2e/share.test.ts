import { deflateSync, strToU8 } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { originalOf, type LessonPage } from '../support/lesson.ts';
import { PHONE, startSite } from '../support/site.ts';

const site = startSite();

/** What the editors have: told by what Run sends. */
async function codeOnRun({ page, runButton }: LessonPage): Promise<Record<string, string>> {
  const request = page.waitForRequest(
    (candidate) => candidate.method() === 'POST' && /\/api\/labs(\/[^/]+\/run)?$/.test(candidate.url()),
  );
  await runButton.click();
  return ((await request).postDataJSON() as { files: Record<string, string> }).files;
}

/** Where the page's browser is chosen. */
const browserOf = ({ page }: LessonPage) => page.getByRole('combobox', { name: 'Browser' });

/** Opens the dialog and reads the link in it. */
async function linkIn(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'File' }).click();
  await page.getByRole('button', { name: 'Share the code…' }).click();
  return page.getByRole('textbox', { name: 'Link' }).inputValue();
}

const edited = originalOf('server.js').replace('1700', '900');

/** A link to Polling with another server.js, as a learner makes it. */
async function sharedLink(): Promise<string> {
  const author = await site.open('/lessons/polling/3');
  await author.edit('server.js', '1700', '900');
  await author.page.getByLabel('Latency').selectOption('500');
  const link = await linkIn(author.page);
  const { length } = link;
  await author.page
    .getByText(new RegExp(`^${length.toLocaleString('en')} characters|^${length} characters`))
    .waitFor();
  await author.page.getByRole('button', { name: 'Copy the link' }).click();
  await author.page.getByText('Copied.').waitFor();
  expect(await author.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  expect(author.complaints).toEqual([]);
  await author.close();
  return link;
}

const notice = 'This code came with a link.';

describe('a link to code', () => {
  it('brings code, step and network; nothing runs before Run; the own edits stay', async () => {
    const link = await sharedLink();
    expect(link).toContain('/lessons/polling/3#code=');
    const reader = await site.open('/lessons/polling');
    const mine = originalOf('client.js').replace('1000', '4321');
    await reader.edit('client.js', '1000', '4321');
    const asked: string[] = [];
    reader.page.on('request', (request) =>
      asked.push(`${request.method()} ${new URL(request.url()).pathname}`),
    );

    await reader.page.goto(link);
    await reader.page.reload();
    await reader.page.getByText(notice).waitFor();
    await reader.page.getByText('Changed: server.js.').waitFor();
    expect(await reader.page.getByLabel('Latency').inputValue()).toBe('500');
    expect(asked.filter((call) => call.includes('/api/labs'))).toEqual([]);
    expect(await reader.page.locator('iframe').count()).toBe(0);
    const foreign = await codeOnRun(reader);
    expect(foreign['server.js']).toBe(edited);
    expect(foreign['client.js']).toBe(originalOf('client.js'));

    // At another step the address has no code any more: a reload opens it all the same.
    await reader.page
      .getByRole('link', { name: /One connection, many/ })
      .first()
      .click();
    await reader.page.reload();
    await reader.page.getByText(notice).waitFor();

    await reader.page.getByRole('button', { name: 'Back to my own code' }).click();
    await reader.page.getByText(notice).waitFor({ state: 'detached' });
    const own = await codeOnRun(reader);
    expect(own['client.js']).toBe(mine);
    expect(own['server.js']).toBe(originalOf('server.js'));
    await reader.page.reload();
    expect((await codeOnRun(reader))['client.js']).toBe(mine);
    expect(reader.complaints).toEqual([]);
  });

  it.each([
    ['broken', 'abc', /It is damaged/, /它不完整/],
    ['of another version', packed([99]), /another version of this program/, /另一个版本/],
    [
      'for another lesson',
      packed([1, 'sse', 1, null, '', {}, {}]),
      /belongs to another lesson/,
      /属于另一课/,
    ],
  ])('that is %s is refused in both languages, and the own code is there', async (_what, code, en, zh) => {
    for (const [lang, words] of [
      ['en', en],
      ['zh-CN', zh],
    ] as const) {
      const lesson = await site.open(`/lessons/polling/1?lang=${lang}#code=${code}`);
      await lesson.page.getByRole('alert').getByText(words).waitFor();
    }
  });

  it('brings the browser that was chosen at the page, and leaves the reader’s own choice as it was', async () => {
    const author = await site.open('/lessons/fallback/2');
    await browserOf(author).selectOption('ie-9');
    const link = await linkIn(author.page);
    await author.close();

    const reader = await site.open('/lessons/fallback/2');
    await browserOf(reader).selectOption('ie-6');
    await reader.page.goto('about:blank');
    await reader.page.goto(link);
    await reader.page.getByText(notice).waitFor();
    await reader.page.getByRole('tab', { name: 'Page' }).click();
    expect(await browserOf(reader).inputValue()).toBe('ie-9');
    await reader.page.getByRole('button', { name: 'Back to my own code' }).click();
    await expect.poll(() => browserOf(reader).inputValue()).toBe('ie-6');
  });

  it('is made and opened on a phone', async () => {
    const lesson = await site.open('/lessons/polling/1', PHONE);
    await lesson.page.getByRole('tab', { name: 'Wire' }).tap();
    const link = await linkIn(lesson.page);
    await lesson.page.getByText('Your code is the lesson’s own').waitFor();
    await lesson.page.goto('about:blank');
    await lesson.page.goto(link);
    await lesson.page.getByRole('button', { name: 'Back to my own code' }).tap();
    await lesson.page.getByText(notice).waitFor({ state: 'detached' });
  });
});

function packed(body: unknown): string {
  return Buffer.from(deflateSync(strToU8(JSON.stringify(body)))).toString('base64url');
}
