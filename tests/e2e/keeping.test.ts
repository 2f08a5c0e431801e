/** A run is kept: as a file that opens again, for other tools, and as what makes its messages once more. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LessonPage } from '../support/lesson.ts';
import { startSite } from '../support/site.ts';

const site = startSite();
const inShell = promisify(execFile);

const bytesOf = ({ page }: LessonPage): Locator => page.getByRole('region', { name: 'Bytes', exact: true });
const clipboard = ({ page }: LessonPage): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());

async function choose({ page }: LessonPage, item: string): Promise<void> {
  await page.getByRole('button', { name: 'File' }).click();
  await page.getByRole('button', { name: item }).click();
}

/** What an item of the menu downloads. */
async function downloaded(lesson: LessonPage, item: string): Promise<{ name: string; content: Buffer }> {
  const download = lesson.page.waitForEvent('download');
  await choose(lesson, item);
  const file = await download;
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
}

/** Polling, with three answers on the wire, still running. */
async function polled(): Promise<LessonPage> {
  const lesson = await site.open('/lessons/polling');
  await lesson.run();
  const answers = async () => (await lesson.rows()).filter(({ direction }) => direction === 'to browser');
  await expect.poll(async () => (await answers()).length).toBeGreaterThanOrEqual(3);
  return lesson;
}

async function stop(lesson: LessonPage): Promise<void> {
  await lesson.stopButton.click();
  await lesson.page.getByText('Stopped').first().waitFor();
}

describe('a run', () => {
  it('is saved, and opened again as it was, at the message that a link names', async () => {
    const author = await polled();
    await stop(author);
    await author.page.getByRole('row').filter({ hasText: 'to browser' }).nth(1).click();
    const heading = await bytesOf(author).getByRole('heading').innerText();
    await choose(author, 'Copy link to this message');
    const link = new URL(await clipboard(author));
    const { name, content } = await downloaded(author, 'Save run');
    const rows = await author.rows();
    expect(author.complaints).toEqual([]);
    await author.close();

    const reader = await site.open(link.pathname + link.hash);
    const buffer = { name, mimeType: 'application/gzip', buffer: content };
    await reader.page.locator('input[type=file]').setInputFiles(buffer);
    await expect.poll(() => reader.rows()).toEqual(rows);
    await expect.poll(() => bytesOf(reader).getByRole('heading').innerText()).toBe(heading);
    expect(reader.complaints).toEqual([]);
  });

  it('is exported as HAR 1.2, an entry for each request', async () => {
    const lesson = await polled();
    await stop(lesson);
    const requests = (await lesson.rows()).filter(({ direction }) => direction === 'to server');
    const { log } = JSON.parse(String((await downloaded(lesson, 'Export HAR')).content)) as {
      log: { version: string; entries: Record<string, never>[] };
    };
    expect(log.version).toBe('1.2');
    expect(log.entries.map(({ request }) => `${request!['method']} ${pathOf(request!['url'])}`)).toEqual(
      requests.map(({ what }) => what),
    );
    for (const { startedDateTime, time, timings, response, request } of log.entries) {
      const parts = Object.values<number>(timings!);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(time!, 2);
      expect(Number.isNaN(Date.parse(startedDateTime!))).toBe(false);
      expect(request).toMatchObject({ httpVersion: 'HTTP/1.1', cookies: [], bodySize: 0 });
      if (response!['status']) expect(JSON.parse(response!['content']['text'])).toBeInstanceOf(Array);
    }
  });

  it('is exported as pcapng while it runs', async () => {
    const lesson = await polled();
    const { name, content } = await downloaded(lesson, 'Export pcapng');
    expect(name).toMatch(/\.pcapng$/);
    // Section Header Block, in the byte order of this machine (draft-ietf-opsawg-pcapng §4.1).
    expect(content.readUInt32BE(0)).toBe(0x0a0d0d0a);
    expect(content.readUInt32LE(8)).toBe(0x1a2b3c4d);
    expect(content.toString('latin1')).toContain('GET /messages?after=0 HTTP/1.1\r\n');
  });
});

describe('a request, copied', () => {
  /** Follows the first request, and copies it. */
  async function copied(lesson: LessonPage, form: string): Promise<string> {
    await lesson.page.getByRole('row').filter({ hasText: 'GET /messages?after=0' }).first().click();
    await bytesOf(lesson).getByRole('button', { name: 'Copy' }).click();
    await bytesOf(lesson).getByRole('button', { name: form }).click();
    await bytesOf(lesson).getByText('Copied').waitFor();
    return clipboard(lesson);
  }
  const asking = async (lesson: LessonPage) =>
    (await lesson.rows()).filter(({ what }) => what === 'GET /messages?after=0');
  const first = { id: 1, text: 'message 1' };

  it('as curl makes the same head cross the wire again, and is answered', async () => {
    const lesson = await polled();
    const command = await copied(lesson, 'Copy as curl');
    const [original] = await asking(lesson);
    const { stdout } = await inShell('sh', ['-c', command]);
    expect((JSON.parse(stdout) as unknown[])[0]).toEqual(first);
    const again = () =>
      asking(lesson).then((all) => all.find((each) => each.connection !== original!.connection));
    await expect.poll(again).toMatchObject({ bytes: original!.bytes });
  });

  it('as JavaScript runs in the page, and is answered', async () => {
    const lesson = await polled();
    const script = await copied(lesson, 'Copy as JavaScript');
    const before = (await asking(lesson)).length;
    const frame = lesson.page.frames().find((each) => each !== lesson.page.mainFrame())!;
    const said = lesson.page.waitForEvent('console', (message) => message.text().startsWith('[{"id":1,'));
    await frame.evaluate(`(async () => { ${script} })()`);
    expect((JSON.parse((await said).text()) as unknown[])[0]).toEqual(first);
    await expect.poll(async () => (await asking(lesson)).length).toBe(before + 1);
  });
});

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
