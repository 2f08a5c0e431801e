/**
 * ES modules of a lab: from specifiers to file names, from file names to source text.
 *
 * In: the lab's files and what `syntax.ts` read. Out: names and sources for the engine.
 * Modules a lab offers are part of the image under `node:` names and are never asked for here.
 */
import { builtinModules } from 'node:module';
import { BUILTIN_LOADER, BUILTIN_NAMES, PACKAGE_NAMES } from './builtin-names.ts';
import { exportedNames, importMetas, type Script } from './syntax.ts';

/** Prefix of generated modules; no lab file can be named so. */
const GENERATED = 'generated:';
/** A primed module that gives CommonJS exports to generated ones. */
const COMMONJS = 'internal:commonjs';

export class MissingModule extends Error {
  readonly code = 'ERR_MODULE_NOT_FOUND';
  readonly specifier: string;
  readonly from: string;
  constructor(specifier: string, from: string) {
    super(`Cannot find module '${specifier}'.${hint(specifier)}`);
    this.specifier = specifier;
    this.from = from;
  }
}

function hint(specifier: string): string {
  if (/^\.{0,2}\//.test(specifier)) return '';
  const known = builtinModules.includes(specifier.replace(/^node:/, ''))
    ? ' This part of Node is not in a lab.'
    : '';
  return `${known} A lab offers its own files and ${[...BUILTIN_NAMES, ...PACKAGE_NAMES].filter((name) => !name.includes('/')).join(', ')}.`;
}

export class ModuleLoader {
  readonly #files: Record<string, string>;
  readonly #scripts: Map<string, Script>;
  /** The last module that could not be found. */
  missing: MissingModule | undefined;

  constructor(files: Record<string, string>, scripts: Map<string, Script>) {
    this.#files = files;
    this.#scripts = scripts;
  }

  resolve(from: string, specifier: string): string {
    const builtin = specifier.replace(/^node:/, '');
    if (BUILTIN_NAMES.includes(builtin)) return `node:${builtin}`;
    if (PACKAGE_NAMES.includes(specifier)) return `node:${specifier}`;
    if (specifier === COMMONJS && from.startsWith(GENERATED)) return COMMONJS;
    if (specifier === BUILTIN_LOADER && from.startsWith('node:')) return specifier;
    const file = this.#file(from, specifier);
    if (file === undefined) {
      this.missing = new MissingModule(specifier, from);
      throw this.missing;
    }
    const isModule = this.#scripts.get(file)?.format === 'module';
    return isModule ? file : GENERATED + file;
  }

  /** The module's text. Generated ones wrap JSON and CommonJS files. */
  load(name: string): string {
    if (!name.startsWith(GENERATED)) return this.source(name);
    const file = name.slice(GENERATED.length);
    if (file.endsWith('.json')) return `export default JSON.parse(${JSON.stringify(this.#files[file])});`;
    const script = this.#scripts.get(file);
    const names = script ? exportedNames(script.program) : [];
    const bindings = names.map(
      (exported, index) =>
        `const $${index} = $exports[${JSON.stringify(exported)}]; export { $${index} as ${exported} };`,
    );
    return `import $load from '${COMMONJS}'; const $exports = $load(${JSON.stringify(file)}); export default $exports; ${bindings.join(' ')}`;
  }

  /** A module file's text with `import.meta` filled in; lines and columns stay. */
  source(file: string): string {
    const text = this.#files[file] ?? '';
    const script = this.#scripts.get(file);
    const metas = script ? importMetas(script.program) : [];
    if (metas.length === 0) return text;
    // As long as `import.meta`, so that columns stay.
    const replacement = '$$meta$$() ';
    let filled = text;
    for (const at of metas)
      filled = filled.slice(0, at) + replacement + filled.slice(at + replacement.length);
    return `${filled}\n${metaFunction(file)}`;
  }

  #file(from: string, specifier: string): string | undefined {
    const path = specifier.startsWith('file:///lab/')
      ? `/${specifier.slice('file:///lab/'.length)}`
      : specifier;
    if (!/^\.{0,2}\//.test(path)) return undefined;
    const base = path.startsWith('/')
      ? path.replace(/^\/lab\//, '/')
      : `/${from.replace(GENERATED, '')}/../${path}`;
    const name = new URL(base, 'file:///').pathname.slice(1);
    return Object.hasOwn(this.#files, name) ? name : undefined;
  }
}

function metaFunction(file: string): string {
  const url = `file:///lab/${file}`;
  const folder = `/lab/${file}`.split('/').slice(0, -1).join('/');
  const fields = [
    `dirname: ${JSON.stringify(folder)}`,
    `filename: ${JSON.stringify(`/lab/${file}`)}`,
    `url: ${JSON.stringify(url)}`,
    `resolve(specifier) { return new URL(specifier, ${JSON.stringify(url)}).href; }`,
  ];
  return `function $$meta$$() { return ($$meta$$.value ??= { __proto__: null, ${fields.join(', ')} }); }`;
}
