/** The project's own text files, as the architecture tests read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LEFT_OUT = new Set(['node_modules', 'dist', '.git']);

export interface Source {
  /** From the project's root, with `/`. */
  path: string;
  text: string;
}

/** All files below `folder` whose name ends in one of `extensions`. */
export function sourcesIn(folder: string, extensions: string[]): Source[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return sourcesIn(path, extensions);
      if (!extensions.some((extension) => path.endsWith(extension))) return [];
      return [{ path, text: readFileSync(join(ROOT, path), 'utf8') }];
    });
}

/** Programs, without their tests. */
export function programsIn(folder: string): Source[] {
  return sourcesIn(folder, ['.ts', '.tsx']).filter(({ path }) => !/\.test\.tsx?$/.test(path));
}

/**
 * What a file imports, of every kind (`import type` and `import()` too): a package by its name, a file
 * of the project by its path from the root, with aliases of package.json `imports` resolved.
 */
export function importsOf(source: Source): string[] {
  return ts.preProcessFile(source.text, true, true).importedFiles.map(({ fileName }) => {
    if (fileName.startsWith('#')) return aliases[fileName]?.slice('./'.length) ?? fileName;
    if (!fileName.startsWith('.')) return fileName;
    return posix.join(posix.dirname(source.path), fileName.replace(/\?\w+$/, ''));
  });
}

/** A program or a style sheet without its comments; good enough for searching, not for running. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

const aliases = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { imports: Record<string, string> }
).imports;
