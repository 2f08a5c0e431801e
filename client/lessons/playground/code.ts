const sources = import.meta.glob<string>(
  ['../../../lessons/*/*.{js,html}', '../../../lessons/*/*/*.{js,html}'],
  {
    query: '?raw',
    import: 'default',
  },
);

/** The files of one edition of a lesson as its author wrote them, by name. `variant` null is the first. */
export async function loadCode(lesson: string, variant: string | null): Promise<Record<string, string>> {
  const prefix = `../../../lessons/${lesson}/${variant === null ? '' : `${variant}/`}`;
  const own = Object.entries(sources).filter(
    ([path]) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'),
  );
  return Object.fromEntries(
    await Promise.all(own.map(async ([path, load]) => [path.slice(prefix.length), await load()] as const)),
  );
}
