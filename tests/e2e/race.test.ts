/** Races as a learner runs them: real connections, real bytes. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { aMinuteOf } from '../../client/race/model/quiet.ts';
import { delaysOf, type Track } from '../../client/race/model/result.ts';
import type { RaceSettings } from '../../client/race/model/settings.ts';
import { violationsIn } from '../support/axe.ts';
import { openRace, phaseOf, race, resultOf, trackOf } from '../support/race.ts';
import { PHONE, startSite } from '../support/site.ts';

const site = startSite();

const QUICK: Partial<RaceSettings> = {
  techniques: ['polling', 'long-polling', 'websocket'],
  latencyMs: 20,
  pollIntervalMs: 200,
  messages: 4,
  spanMs: 1_000,
};

const open = (settings: Partial<RaceSettings>, options = {}) => openRace(site, settings, options);

describe('a race', () => {
  it('brings every message over every technique, on connections of their own', async () => {
    const everyone: RaceSettings['techniques'][] = [
      ['polling', 'long-polling', 'xhr-streaming', 'forever-iframe', 'htmlfile', 'sse', 'cors', 'websocket'],
      ['jsonp', 'xdomainrequest'],
    ];
    for (const techniques of everyone) {
      const { page, complaints } = await open({ ...QUICK, techniques });
      const result = await race(page);
      expect(result.status).toBe('finished');
      for (const track of result.tracks) {
        const { technique, bytes, data, requests } = track;
        expect([technique, delaysOf(track, result.messages).length]).toEqual([technique, 4]);
        expect(requests).toBeGreaterThan(0);
        expect(data).toBeGreaterThan(4 * 24);
        expect(bytes).toBeGreaterThan(data);
        // Nothing is faster than its network.
        for (const delay of delaysOf(track, result.messages)) expect(delay).toBeGreaterThan(20 - 2);
      }
      expect(complaints).toEqual([]);
    }
  });

  it('costs a stream one request, long polling one for each answer, and data the same for all', async () => {
    const { page } = await open({
      ...QUICK,
      techniques: ['long-polling', 'sse', 'websocket'],
      schedule: 'steady',
    });
    const { tracks } = await race(page);
    const [polls, ...streams] = tracks.map(({ requests }) => requests);
    expect(streams).toEqual([1, 1]);
    // The one that is held, and one for each answer; on a loaded machine an answer may bring two messages.
    expect(polls).toBeGreaterThanOrEqual(3);
    expect(polls).toBeLessThanOrEqual(5);
    expect(new Set(tracks.map(({ data }) => data)).size).toBe(1);
    const [held, , socket] = tracks as [Track, Track, Track];
    // A head each way against a frame's four bytes.
    expect(held.oneMore! - held.data / 4).toBeGreaterThan(500);
    expect(socket.oneMore! - socket.data / 4).toBeLessThanOrEqual(4);
  });

  it('sees what silence costs, and says beside it what the formula makes of it', async () => {
    const techniques: RaceSettings['techniques'] = ['polling', 'long-polling', 'sse', 'websocket'];
    const { page } = await open({
      ...QUICK,
      techniques,
      pollIntervalMs: 400,
      schedule: 'silence',
      spanMs: 6_000,
    });
    const { tracks } = await race(page);
    for (const { technique, quiet } of tracks) expect(quiet?.ms, technique).toBeGreaterThan(3_000);
    const [polling, ...others] = tracks as [Track, ...Track[]];
    // Who holds something open says nothing in so few seconds.
    expect(others.map(({ quiet }) => quiet?.bytes)).toEqual([0, 0, 0]);
    // A busy machine polls more seldom, and never more often; the ends of the stretch cut a poll in two.
    const share = aMinuteOf(polling.quiet!) / polling.silentMinute!;
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(1.15);
    const row = page.getByRole('row', { name: /^Polling/ });
    await expect.poll(() => row.innerText()).toMatch(/B\s+from \d\.\d s/);
  });

  it('loses nothing by a cut, and says when it was', async () => {
    const techniques: RaceSettings['techniques'] = ['long-polling', 'xhr-streaming', 'websocket'];
    const { page } = await open({ ...QUICK, techniques, schedule: 'steady', cutAtMs: 500 });
    const result = await race(page);
    for (const track of result.tracks) {
      expect(delaysOf(track, result.messages)).toHaveLength(4);
      expect(track.cuts).toHaveLength(1);
      expect(track.requests).toBeGreaterThanOrEqual(2);
    }
    await page.getByText('After the cut everyone caught up.').waitFor();
  });

  it('shows whom a buffering proxy silences', async () => {
    const { page } = await open({
      ...QUICK,
      techniques: ['polling', 'sse', 'websocket'],
      proxy: 'buffering',
    });
    const result = await race(page);
    const arrived = result.tracks.map((track) => delaysOf(track, result.messages).length);
    expect(arrived).toEqual([4, 0, 4]);
    expect(trackOf(result, 'sse').prediction).toBeNull();
    await page.getByText('The proxy keeps what does not end.').waitFor();
  });

  it('meets the browser’s six connections when all share one origin, and explains it', async () => {
    const techniques: RaceSettings['techniques'] = [
      ...(['long-polling', 'xhr-streaming', 'forever-iframe', 'htmlfile', 'sse', 'cors', 'jsonp'] as const),
    ];
    const { page } = await open({ ...QUICK, techniques, origins: 'one' });
    const result = await race(page);
    expect(result.tracks.filter(({ state }) => state === 'blocked').length).toBeGreaterThan(0);
    await page.getByText('The browser’s six connections are taken.').waitFor();
  });

  it('publishes what is typed', async () => {
    const { page } = await open({ ...QUICK, schedule: 'typed', spanMs: 5_000 });
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect.poll(() => phaseOf(page)).toBe('running');
    await page.getByRole('textbox', { name: 'A message' }).fill('by hand');
    await page.keyboard.press('Enter');
    const dot = page.getByRole('region', { name: 'WebSocket' }).locator('circle[class*="_dot_"]');
    await expect.poll(() => dot.count()).toBe(1);
    await page.keyboard.press('ControlOrMeta+.');
    await expect.poll(() => phaseOf(page)).toBe('done');
    const result = await resultOf(page);
    expect(result.status).toBe('stopped');
    expect(result.messages.map(({ text }) => text)).toEqual(['by hand']);
  });

  it('is there again after a reload, and can be taken away as CSV, SVG and PNG', async () => {
    const { page } = await open(QUICK);
    await race(page);
    await page.reload();
    await page.getByText('12 of 12 deliveries').first().waitFor();
    const files: Record<string, Buffer> = {};
    for (const item of ['Figures as CSV', 'Every delay as CSV', 'Picture as SVG', 'Picture as PNG']) {
      await page.getByRole('button', { name: 'Export' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: item }).click(),
      ]);
      files[item] = await readFile(await file.path());
    }
    expect(files['Figures as CSV']!.toString().split('\r\n')).toHaveLength(5);
    expect(files['Every delay as CSV']!.toString().split('\r\n')).toHaveLength(6);
    expect(files['Picture as SVG']!.toString()).toMatch(/^<svg .*Long polling/s);
    expect(files['Picture as PNG']!.subarray(1, 4).toString()).toBe('PNG');
  });

  it('says what failed when the server does not answer, and keeps the last result', async () => {
    const { page } = await open(QUICK);
    await race(page);
    await page.route('**/api/labs', (route) => route.abort());
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByText('The app’s server does not answer.').first().waitFor();
    expect((await resultOf(page)).status).toBe('finished');
  });

  it('turns what was measured into a choice', async () => {
    const { page } = await open({
      ...QUICK,
      techniques: ['polling', 'long-polling', 'sse', 'websocket'],
    });
    await race(page);
    await page.locator('[data-race]').getByRole('link', { name: 'Choosing' }).click();
    const choice = page.getByRole('region', { name: 'The choice' });
    const first = choice.getByRole('heading', { level: 2 }).first();
    await expect.poll(() => first.innerText()).toBe('Server-Sent Events');
    expect(await choice.getByRole('article').first().innerText()).toMatch(
      /within \d+(\.\d)? ms in your race/,
    );
    await page.getByText('Both, at any time').click();
    await expect.poll(() => first.innerText()).toBe('WebSocket');
    expect(await violationsIn(page)).toEqual([]);
  });
});

it('the race breaks no rule of WCAG 2.2 AA, before it, during it, and after it', async () => {
  const { page } = await open({ ...QUICK, spanMs: 4_000 }, { colorScheme: 'dark', locale: 'zh-CN' });
  expect(await violationsIn(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => phaseOf(page)).toBe('running');
  expect(await violationsIn(page)).toEqual([]);
  await expect.poll(() => phaseOf(page), { timeout: 30_000 }).toBe('done');
  expect(await violationsIn(page)).toEqual([]);
});

describe('on a phone', () => {
  it('the race is a pane beside the text, breaks no rule, and needs no sideways scrolling', async () => {
    const { page } = await open(QUICK, PHONE);
    await page.getByRole('tab', { name: 'Race' }).click();
    await page.locator('[class*="phoneBar"]').getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => phaseOf(page), { timeout: 30_000 }).toBe('done');
    expect(await violationsIn(page)).toEqual([]);
    const { scrolled, shown } = await page
      .locator('[data-race]')
      .evaluate((pane) => ({ scrolled: pane.scrollWidth, shown: pane.clientWidth }));
    expect(scrolled).toBeLessThanOrEqual(shown);
  });
});
