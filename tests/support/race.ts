/** A race as a learner runs it: with the settings of an earlier visit, and by the keyboard. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RaceResult, Track } from '../../client/race/model/result.ts';
import type { RaceSettings } from '../../client/race/model/settings.ts';
import type { LessonPage } from './lesson.ts';
import type { Site } from './site.ts';

/** Opens the race, which finds these settings of an earlier visit. */
export async function openRace(
  site: Site,
  settings: Partial<RaceSettings>,
  options: BrowserContextOptions = {},
): Promise<LessonPage> {
  const lesson = await site.open('/lessons/race/1', options, async (page) => {
    await page.addInitScript((kept) => {
      localStorage.setItem('race-settings', kept);
    }, JSON.stringify(settings));
  });
  await lesson.page.locator('[data-race]').waitFor();
  return lesson;
}

/** `ready`, `starting`, `running` or `done`. */
export const phaseOf = (page: Page) => page.locator('[data-race]').getAttribute('data-race');

/** Of the last race that ended. */
export const resultOf = async (page: Page) =>
  JSON.parse((await page.evaluate(() => localStorage.getItem('race-result')))!) as RaceResult;

/** Runs a race to its end. */
export async function race(page: Page): Promise<RaceResult> {
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => phaseOf(page)).toMatch(/starting|running/);
  await expect.poll(() => phaseOf(page), { timeout: 60_000 }).toBe('done');
  return resultOf(page);
}

export const trackOf = ({ tracks }: RaceResult, technique: string): Track =>
  tracks.find((track) => track.technique === technique)!;
