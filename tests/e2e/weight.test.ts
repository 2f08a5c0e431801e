import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PHONE, startSite } from '../support/site.ts';

const site = startSite();

const isScript = (address: string) => /\.js(\?|$)/.test(new URL(address).pathname);

describe('the page', () => {
  it('shows the text of a lesson with at most 110 KB of gzipped JavaScript', async () => {
    const loaded = new Map<string, Response>();
    const lesson = await site.open('/lessons/polling', {}, async (page) => {
      page.on('response', (response) => loaded.set(response.url(), response));
    });
    await lesson.page.getByRole('article', { name: 'Lesson' }).getByRole('heading', { level: 1 }).waitFor();
    // Scripts that had arrived when the browser first painted text, by the browser's own clock.
    const beforeText = await lesson.page.evaluate(() => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const scripts = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      return scripts.filter(({ responseEnd }) => responseEnd <= paint!.startTime).map(({ name }) => name);
    });
    const sizes = await Promise.all(
      beforeText.filter(isScript).map(async (address) => gzipSync(await loaded.get(address)!.body()).length),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(110 * 1024);
  });

  it('edits with CodeMirror on a touch screen and never loads Monaco there', async () => {
    const scripts: string[] = [];
    const lesson = await site.open('/lessons/polling', PHONE, async (page) => {
      page.on('request', (request) => isScript(request.url()) && scripts.push(request.url()));
    });
    await lesson.page.getByRole('tab', { name: 'Code' }).click();
    await lesson.page.locator('.cm-editor').first().waitFor();
    expect(await lesson.page.locator('.monaco-editor').count()).toBe(0);
    expect(scripts.filter((address) => /monaco/i.test(address))).toEqual([]);
  });
});
