import { detectedLanguage } from '../i18n/index.ts';
import { loadProse } from './content.ts';
import { lastPlace } from './progress.ts';

/** Fetches the prose that the address will show, before anything is rendered. */
export async function preloadLesson(path: string): Promise<void> {
  const [, lessons, lesson] = (path === '/' ? lastPlace() : path).split('/');
  if (lessons === 'lessons' && lesson) await loadProse(lesson, detectedLanguage());
}
