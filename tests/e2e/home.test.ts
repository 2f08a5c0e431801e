import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { COURSE } from '../../lessons/index.ts';
import { violationsIn } from '../support/axe.ts';
import { LOOKS } from '../support/looks.ts';
import { PHONE, startSite } from '../support/site.ts';

const site = startSite();

const PLACES = COURSE.map((entry, order) => ({ ...entry, order }));

const stepsOf = (id: string) => COURSE.find((entry) => entry.id === id)!.steps;

const taken = (step: number, done: number) => ({
  step,
  answers: {},
  done: Array.from({ length: done }, (_, index) => `step-${index}`),
});

/** Polling is done, SSE was left at its fourth step. */
const PROGRESS = {
  lessons: { polling: taken(1, stepsOf('polling')), sse: taken(4, 3) },
  last: 'sse',
};

async function withProgress(page: Page): Promise<void> {
  await page.addInitScript((kept) => localStorage.setItem('progress', kept), JSON.stringify(PROGRESS));
}

async function open(options?: BrowserContextOptions, before?: (page: Page) => Promise<void>) {
  const opened = await site.open('/course', options, before);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  return opened;
}

/** A lesson's measure on the map. */
const measure = (page: Page, title: string, map = 'Course map') =>
  page
    .getByRole('region', { name: map })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) });

describe('the course map', () => {
  it('has every lesson in order, and a link to each that is written', async () => {
    const { page } = await open();
    const map = page.getByRole('region', { name: 'Course map' });
    expect(await map.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(
      COURSE.map(({ title }) => title.en),
    );
    const links = await map
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links).toEqual(PLACES.map(({ id }) => `/lessons/${id}/1`));
  });

  it('leads to each lesson, and back', async () => {
    const { page } = await open();
    for (const { title, id, order } of PLACES) {
      await measure(page, title.en).getByRole('link').click();
      await page.waitForURL(`**/lessons/${id}/1`);
      await expect.poll(() => page.title()).toContain(`${order} ${title.en}`);
      await page.goBack();
    }
  });

  it('draws both rails’ names on the rails', async () => {
    const { page } = await open();
    for (const rail of ['Browser', 'Server']) {
      const name = page.getByText(rail, { exact: true }).first();
      const line = page.locator(`li svg path[class*="${rail.toLowerCase()}Rail"]`).first();
      const middleOf = async (part: Locator) => {
        const box = await part.boundingBox();
        return box ? box.y + box.height / 2 : NaN;
      };
      const apart = async () => Math.abs((await middleOf(name)) - (await middleOf(line)));
      await expect.poll(apart).toBeLessThan(3);
    }
  });
});

describe('progress', () => {
  it('is shown on the map and taken up again from the hero', async () => {
    const { page } = await open({}, withProgress);
    expect(await measure(page, 'Polling').innerText()).toContain('Done');
    const here = await measure(page, 'Server-Sent Events').innerText();
    expect(here).toContain(`Step 4 of ${stepsOf('sse')}`);
    expect(here).toContain('You stopped here.');
    expect(await page.getByText('You stopped here.').count()).toBe(1);
    await page.getByText(`Where you stopped · 1 of ${PLACES.length} done`).waitFor();
    await page.getByText(`Step 4 of ${stepsOf('sse')}: Cut the wire`).waitFor();
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.waitForURL('**/lessons/sse/4');
  });

  it('of a first visit is none: the first lesson that is written is offered', async () => {
    const { page } = await open();
    expect(await page.getByText('You stopped here.').count()).toBe(0);
    await page.getByText('Where to begin').waitFor();
    await page.getByRole('link', { name: 'Start' }).click();
    await page.waitForURL(`**/lessons/${PLACES[0]!.id}/1`);
  });
});

describe.each(LOOKS)('in $colorScheme and $locale', (look) => {
  it.each([
    ['a desktop', {}],
    ['a phone', PHONE],
  ] as const)('breaks no rule of WCAG 2.2 AA on %s', async (_device, device) => {
    const { page } = await open({ ...device, ...look }, withProgress);
    expect(await page.locator('html').getAttribute('lang')).toBe(look.locale);
    expect(await violationsIn(page)).toEqual([]);
  });
});

describe('on a phone', () => {
  it.each([390, 360])('nothing is wider than a screen of %i px', async (width) => {
    const { page } = await open({ ...PHONE, viewport: { width, height: 740 } }, withProgress);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('every target is at least 44 px high', async () => {
    const { page } = await open(PHONE);
    const low = await page
      .locator('a, button')
      .evaluateAll((all) =>
        all
          .filter((target) => target.getBoundingClientRect().height < 44)
          .map((target) => target.textContent),
      );
    expect(low).toEqual([]);
  });
});

describe('with another font than the course’s', () => {
  it('nothing is wider than a phone’s screen', async () => {
    const { page } = await open(PHONE, async (opened) => {
      await opened.route('**/*.woff2', (route) => route.abort());
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

describe('the texts of the course', () => {
  it('change with the language while the page is open', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: '中文' }).click();
    await measure(page, '轮询', '课程地图').getByText('一遍又一遍地问。').waitFor();
    expect(await page.getByText('Ask again and again.').count()).toBe(0);
  });

  it('and its drawings are not fetched by a lesson', async () => {
    const fetched: string[] = [];
    const lesson = await site.open('/lessons/polling', {}, async (page) => {
      page.on('request', (request) => fetched.push(request.url()));
    });
    await lesson.editor('client.js').waitFor({ state: 'attached' });
    expect(fetched.filter((address) => /\/home-/.test(address))).toEqual([]);
    await lesson.page.getByRole('link', { name: '101 Switching Protocols' }).click();
    await expect.poll(() => fetched.some((address) => /\/home-/.test(address))).toBe(true);
  });
});
