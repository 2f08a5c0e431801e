import type { MDXContent } from 'mdx/types';
import type { Language } from '../i18n/index.ts';

const proses = import.meta.glob<{ default: MDXContent }>('../../lessons/*/{en,zh-CN}.mdx');
const sources = import.meta.glob<string>('../../lessons/*/{client.js,server.js,index.html}', {
  query: '?raw',
  import: 'default',
});

/** Prose that has been fetched: a lesson that is open renders without waiting. */
const fetched = new Map<string, MDXContent>();

const proseKey = (lesson: string, language: Language) => `../../lessons/${lesson}/${language}.mdx`;

export async function loadProse(lesson: string, language: Language): Promise<void> {
  const key = proseKey(lesson, language);
  const load = proses[key];
  if (load && !fetched.has(key)) fetched.set(key, (await load()).default);
}

export function proseOf(lesson: string, language: Language): MDXContent | undefined {
  return fetched.get(proseKey(lesson, language));
}

/** The lesson's files as its author wrote them, by name. */
export async function loadCode(lesson: string): Promise<Record<string, string>> {
  const prefix = `../../lessons/${lesson}/`;
  const own = Object.entries(sources).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(
    await Promise.all(own.map(async ([path, load]) => [path.slice(prefix.length), await load()] as const)),
  );
}
