/** The lessons one after the other in one page, as a reader goes through the course. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { LESSONS } from '../../lessons/all.ts';
import type { LessonInfo } from '../../lessons/contract.ts';
import type { LessonPage } from './lesson.ts';
import type { Site } from './site.ts';

/** For `it.each`: a title and a lesson. */
export const EVERY_LESSON = LESSONS.map((lesson) => [lesson.id, lesson] as const);

/** One page for all tests of a group, which may complain of nothing. */
export function sharePage(site: Site, locale: string): { readonly lesson: LessonPage } {
  let lesson: LessonPage;
  beforeAll(async () => {
    lesson = await site.open('/course', { locale });
  });
  afterAll(async () => {
    expect(lesson.complaints).toEqual([]);
    await lesson.close();
  });
  return {
    get lesson() {
      return lesson;
    },
  };
}

/** The open step, in the text. */
export const currentStep = (page: Page) => page.locator('#pane-read li[data-state=current]');
export const titleOfStep = (page: Page) => currentStep(page).locator('h2').innerText();

/** Opens a lesson, and ends when what stands beside the text is there too. */
export async function openLesson(site: Site, page: Page, { id, stage }: LessonInfo, step = 1): Promise<void> {
  await page.goto(`${site.url}/lessons/${id}/${step}`);
  await page
    .locator(stage ? '[data-race]' : '.monaco-editor')
    .first()
    .waitFor();
  await currentStep(page).waitFor();
}
