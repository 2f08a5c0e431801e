/** The npm packages that lessons use, as they are installed, with their licences. */
const sources = import.meta.glob<string>(
  [
    '../../../node_modules/ws/{index.js,wrapper.mjs,package.json,LICENSE,lib/*.js}',
    '../../../node_modules/eventsource-parser/{package.json,LICENSE,dist/*.{js,cjs}}',
  ],
  { query: '?raw', import: 'default' },
);

const ROOT = '../../../';

/** Their files, by the path that Node finds them under. */
export async function filesOf(names: readonly string[]): Promise<Record<string, string>> {
  const wanted = Object.entries(sources).filter(([path]) =>
    names.some((name) => path.startsWith(`${ROOT}node_modules/${name}/`)),
  );
  return Object.fromEntries(
    await Promise.all(wanted.map(async ([path, load]) => [path.slice(ROOT.length), await load()] as const)),
  );
}
