import type { MDXContent } from 'mdx/types';
import type { LessonInfo } from '../../lessons/index.ts';
import type { Language } from '../i18n/index.ts';

const proses = import.meta.glob<{ default: MDXContent }>('../../lessons/*/{en,zh-CN}.mdx');
const lessons = import.meta.glob<{ lesson: LessonInfo }>('../../lessons/*/lesson.ts');

/** What has been fetched: a lesson that is open renders without waiting. */
const fetched = new Map<string, MDXContent>();
const infos = new Map<string, LessonInfo>();

const proseKey = (lesson: string, language: Language) => `../../lessons/${lesson}/${language}.mdx`;

export async function loadProse(lesson: string, language: Language): Promise<void> {
  const key = proseKey(lesson, language);
  const load = proses[key];
  if (load && !fetched.has(key)) fetched.set(key, (await load()).default);
}

export function proseOf(lesson: string, language: Language): MDXContent | undefined {
  return fetched.get(proseKey(lesson, language));
}

export async function loadLesson(id: string): Promise<void> {
  const load = lessons[`../../lessons/${id}/lesson.ts`];
  if (load && !infos.has(id)) infos.set(id, (await load()).lesson);
}

export function lessonOf(id: string): LessonInfo | undefined {
  return infos.get(id);
}
