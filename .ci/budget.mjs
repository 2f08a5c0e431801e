/** The size budget of the page: a build that breaks it fails. */
import { gzipSync } from 'node:zlib';

/** The text of a lesson must be readable within this much JavaScript, gzipped. */
const FIRST_TEXT_BYTES = 110 * 1024;

/** The language service, fetched when the cursor first stands in code: TypeScript with its libraries, and Node's. */
const LANGUAGE_BYTES = { 'language.worker': 1500 * 1024, '_virtual_lab-declarations': 300 * 1024 };

const ENTRY = /\/client\/main\.tsx$/;

/** What `client/main.tsx` awaits before it renders: of each kind one chunk, that of the active language. */
const AWAITED = [
  /\/client\/i18n\/[^/]+\/reading\.ts$/,
  /\/lessons\/[^/]+\/[^/]+\.mdx$/,
  /\/lessons\/[^/]+\/lesson\.ts$/,
];

/** Of Monaco's languages, those a lesson is written in; JavaScript is a mode of its TypeScript part. */
const MONACO_LANGUAGES = new Set(['javascript', 'typescript', 'html', 'common']);

/** Editors are fetched after the text is readable. */
const EDITORS = /\/node_modules\/(monaco-editor|@codemirror|@lezer)\//;

/** Checks the output of the client's build, prints its weights, and throws when a bound is broken. */
export function checkBudget(output) {
  const chunks = new Map(
    output.filter((file) => file.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const entry = chunksOf(chunks, ENTRY)[0];
  const firstText = withImports(chunks, [entry, ...AWAITED.map((kind) => heaviest(chunks, kind))]);
  const beforeEditors = reachable(chunks, entry);
  console.log(
    `JavaScript, gzipped: ${kb(weigh(firstText))} until the text is readable (at most ${kb(FIRST_TEXT_BYTES)}), ` +
      `${kb(weigh(beforeEditors))} with every screen and language but no editor, ` +
      `${kb(weigh(chunks.values()))} with the editors`,
  );
  const problems = [...foreignLanguages(chunks.values())].map(
    (language) => `Monaco's ${language} language is in the bundle`,
  );
  if (weigh(firstText) > FIRST_TEXT_BYTES) {
    problems.push(`${kb(weigh(firstText))} of JavaScript until the text is readable:\n${listing(firstText)}`);
  }
  for (const [name, most] of Object.entries(LANGUAGE_BYTES)) {
    const { source } = assetNamed(output, name);
    const size = gzipSync(source).length;
    console.log(`${name}, gzipped: ${kb(size)} (at most ${kb(most)})`);
    if (size > most) problems.push(`${name} has ${kb(size)}`);
  }
  if (problems.length > 0) throw new Error(`The size budget is broken.\n${problems.join('\n')}`);
}

/** Workers and their chunks are assets to the build. */
function assetNamed(output, name) {
  const found = output.find((file) => file.type === 'asset' && file.fileName.includes(`/${name}-`));
  if (!found) throw new Error(`No asset is named ${name}: .ci/budget.mjs is out of date.`);
  return found;
}

/** The given chunks and everything they import statically. */
function withImports(chunks, from) {
  const all = new Set(from);
  for (const chunk of all) for (const name of chunk.imports) if (chunks.has(name)) all.add(chunks.get(name));
  return all;
}

/** Everything a browser may have fetched when no editor was opened. */
function reachable(chunks, entry) {
  const all = withImports(chunks, [entry]);
  for (const chunk of all) {
    for (const name of chunk.dynamicImports) {
      const loaded = chunks.has(name) ? withImports(chunks, [chunks.get(name)]) : [];
      if (![...loaded].some(isEditor)) for (const next of loaded) all.add(next);
    }
  }
  return all;
}

function heaviest(chunks, kind) {
  return chunksOf(chunks, kind).sort((a, b) => weigh([b]) - weigh([a]))[0];
}

/** Chunks that have a module of this kind: there is one at least. */
function chunksOf(chunks, kind) {
  const found = [...chunks.values()].filter((chunk) => chunk.moduleIds.some((id) => kind.test(slashes(id))));
  if (found.length === 0) throw new Error(`No chunk has a module ${kind}: .ci/budget.mjs is out of date.`);
  return found;
}

function isEditor(chunk) {
  return chunk.moduleIds.some((id) => EDITORS.test(slashes(id)));
}

function* foreignLanguages(chunks) {
  const language =
    /\/monaco-editor\/esm\/vs\/(?:basic-languages|language|languages\/(?:definitions|features))\/(\w+)\//;
  for (const chunk of chunks) {
    for (const id of chunk.moduleIds) {
      const found = language.exec(slashes(id));
      if (found && !MONACO_LANGUAGES.has(found[1])) yield found[1];
    }
  }
}

function slashes(id) {
  return id.replaceAll('\\', '/');
}

function weigh(chunks) {
  return [...chunks].reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0);
}

function listing(chunks) {
  return [...chunks]
    .map((chunk) => ({ name: chunk.fileName, size: weigh([chunk]) }))
    .sort((a, b) => b.size - a.size)
    .map(({ name, size }) => `  ${kb(size).padStart(9)}  ${name}`)
    .join('\n');
}

function kb(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
