/** What the editor knows of a lab, cut from `@types/node`: nothing may be left hanging where it was cut. */
import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { beforeAll, expect, it } from 'vitest';
import { build } from '../../.ci/build.mjs';
import { BUILTIN_NAMES, PACKAGE_NAMES } from '../../server/sandbox/builtin-names.ts';

let program: ts.Program;
let complaints: string[];
beforeAll(async () => {
  await build(['sandbox', 'declarations']);
  const files = JSON.parse(await readFile('dist/declarations.json', 'utf8')) as Record<string, string>;
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.esnext.d.ts'],
    types: [],
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { readFile: read, fileExists, getSourceFile } = host;
  program = ts.createProgram(Object.keys(files), options, {
    ...host,
    readFile: (file) => files[file] ?? read(file),
    fileExists: (file) => file in files || fileExists(file),
    directoryExists: undefined,
    getSourceFile: (file, target) =>
      file in files ? ts.createSourceFile(file, files[file]!, target) : getSourceFile(file, target),
  });
  complaints = ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
});

it('are whole: whatever they mention is declared', () => {
  expect(complaints).toEqual([]);
});

it('declare every module that a lab offers, and no other under a name that could be imported', () => {
  const modules = program.getTypeChecker().getAmbientModules();
  const names = modules.map(({ name }) => name.slice(1, -1)).filter((name) => !name.startsWith('internal:'));
  expect(new Set(names)).toEqual(
    new Set([...BUILTIN_NAMES.flatMap((name) => [name, `node:${name}`]), ...PACKAGE_NAMES]),
  );
});
