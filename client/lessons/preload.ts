import { detectedLanguage } from '../i18n/index.ts';
import { lessonOf, loadLesson, loadProse } from './content.ts';
import { lastPlace } from './progress.ts';
import { loadChallenge } from './reading/LateChallenge.tsx';

/** Fetches the lesson that the address will show, before anything is rendered. */
export async function preloadLesson(path: string): Promise<void> {
  const [, lessons, lesson, step] = (path === '/' ? lastPlace() : path).split('/');
  if (lessons !== 'lessons' || !lesson) return;
  await Promise.all([loadLesson(lesson), loadProse(lesson, detectedLanguage())]);
  if (lessonOf(lesson)?.steps[Number(step) - 1]?.challenge) await loadChallenge();
}
