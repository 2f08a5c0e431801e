import pageCss from '../../../lessons/page.css?raw';

const sources = import.meta.glob<string>(
  ['../../../lessons/*/*.{js,html}', '../../../lessons/*/*/*.{js,html}'],
  { query: '?raw', import: 'default' },
);

/** What the lab serves beside the lesson's own files; the editors do not show it. */
export const BESIDE: Readonly<Record<string, string>> = { 'page.css': pageCss };

/**
 * The files of one edition of a lesson as its author wrote them, by name. `variant` null is the first; another
 * has of the first what it does not have itself.
 */
export async function loadCode(lesson: string, variant: string | null): Promise<Record<string, string>> {
  const first = await filesIn(lesson);
  return variant === null ? first : { ...first, ...(await filesIn(`${lesson}/${variant}`)) };
}

async function filesIn(folder: string): Promise<Record<string, string>> {
  const prefix = `../../../lessons/${folder}/`;
  const own = Object.entries(sources).filter(
    ([path]) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'),
  );
  return Object.fromEntries(
    await Promise.all(own.map(async ([path, load]) => [path.slice(prefix.length), await load()] as const)),
  );
}
