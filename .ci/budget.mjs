/** The size budget of the page: a build that breaks it fails. */
import { gzipSync } from 'node:zlib';

/** Issue: the text of a lesson must be readable within this much JavaScript, gzipped. */
const FIRST_TEXT_BYTES = 110 * 1024;

/** Of Monaco's languages, those a lesson is written in; JavaScript is a mode of its TypeScript part. */
const MONACO_LANGUAGES = new Set(['javascript', 'typescript', 'html', 'common']);

/** Editors are fetched after the text is readable. */
const EDITORS = /\/node_modules\/(monaco-editor|@codemirror|@lezer)\//;

/** Checks the output of the client's build, prints its weights, and throws when a bound is broken. */
export function checkBudget(output) {
  const chunks = new Map(
    output.filter((file) => file.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const entry = [...chunks.values()].find((chunk) => chunk.isEntry);
  const firstPaint = reachable(chunks, entry.fileName, { dynamic: false });
  const beforeEditors = reachable(chunks, entry.fileName, { dynamic: true });
  const weights = { first: weigh(firstPaint), text: weigh(beforeEditors), all: weigh([...chunks.values()]) };
  console.log(
    `JavaScript, gzipped: ${kb(weights.first)} to start, ${kb(weights.text)} with every screen and text ` +
      `before an editor (at most ${kb(FIRST_TEXT_BYTES)}), ${kb(weights.all)} with the editors`,
  );
  const problems = [...foreignLanguages(chunks.values())].map(
    (language) => `Monaco's ${language} language is in the bundle`,
  );
  if (weights.text > FIRST_TEXT_BYTES) {
    problems.push(`${kb(weights.text)} of JavaScript before an editor:\n${listing(beforeEditors)}`);
  }
  if (problems.length > 0) throw new Error(`The size budget is broken.\n${problems.join('\n')}`);
}

/** Chunks a browser may have fetched from `start` before any editor. */
function reachable(chunks, start, { dynamic }) {
  const seen = new Set([start]);
  for (const name of seen) {
    const chunk = chunks.get(name);
    for (const other of chunk.imports) if (chunks.has(other)) seen.add(other);
    if (!dynamic) continue;
    for (const other of chunk.dynamicImports) {
      if (chunks.has(other) && !isEditor(chunks.get(other))) seen.add(other);
    }
  }
  return [...seen].map((name) => chunks.get(name));
}

function isEditor(chunk) {
  return chunk.moduleIds.some((id) => EDITORS.test(id.replaceAll('\\', '/')));
}

function* foreignLanguages(chunks) {
  for (const chunk of chunks) {
    for (const id of chunk.moduleIds) {
      const found =
        /\/monaco-editor\/esm\/vs\/(?:basic-languages|language|languages\/(?:definitions|features))\/(\w+)\//.exec(
          id.replaceAll('\\', '/'),
        );
      if (found && !MONACO_LANGUAGES.has(found[1])) yield found[1];
    }
  }
}

function weigh(chunks) {
  return chunks.reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0);
}

function listing(chunks) {
  return chunks
    .map((chunk) => ({ name: chunk.fileName, size: weigh([chunk]) }))
    .sort((a, b) => b.size - a.size)
    .map(({ name, size }) => `  ${kb(size).padStart(9)}  ${name}`)
    .join('\n');
}

function kb(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
