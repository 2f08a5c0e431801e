import { detectedLanguage } from '../i18n/index.ts';
import { loadLesson, loadProse } from './content.ts';
import { lastPlace } from './progress.ts';

/** Fetches the lesson that the address will show, before anything is rendered. */
export async function preloadLesson(path: string): Promise<void> {
  const [, lessons, lesson] = (path === '/' ? lastPlace() : path).split('/');
  if (lessons !== 'lessons' || !lesson) return;
  await Promise.all([loadLesson(lesson), loadProse(lesson, detectedLanguage())]);
}
