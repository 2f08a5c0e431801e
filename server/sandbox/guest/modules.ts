/** `require`: CommonJS over the lab's files and the modules it offers. */
import { HOST_CALL } from '../protocol.ts';
import { askHost } from './bridge.ts';
import { builtinName, builtins } from './builtins.ts';
import { allFiles, ROOT } from './files.ts';
import { invalidArgument, nodeError } from './node-error.ts';
import { addLearnerFile } from './positions.ts';
import { REPORT, type PlatformError } from './report.ts';
import { process } from './process.ts';

const WRAPPER = '(function (exports, require, module, __filename, __dirname) { ';

interface Module {
  id: string;
  path: string;
  filename: string;
  loaded: boolean;
  exports: unknown;
  children: Module[];
  parent: Module | null;
  paths: string[];
  require: (id: string) => unknown;
}

const cache: Record<string, Module> = Object.create(null) as Record<string, Module>;
let formats: Record<string, 'module' | 'commonjs'> = {};
let main: Module | undefined;

export function setFormats(given: Record<string, 'module' | 'commonjs'>): void {
  formats = given;
  for (const file of Object.keys(given))
    addLearnerFile(file, given[file] === 'commonjs' ? WRAPPER.length : 0);
}

export function runMain(file: string): void {
  main = load(file, null);
}

/** What an ES module gets that imports a CommonJS file. */
export function loadForImport(file: string): unknown {
  return load(file, null).exports;
}

function load(file: string, parent: Module | null): Module {
  const known = cache[`${ROOT}/${file}`];
  if (known) return known;
  const filename = `${ROOT}/${file}`;
  const module: Module = {
    id: parent ? filename : '.',
    path: folderOf(filename),
    filename,
    loaded: false,
    exports: {},
    children: [],
    parent,
    paths: [],
    require: () => undefined,
  };
  module.require = requireFor(module, file);
  cache[filename] = module;
  parent?.children.push(module);
  if (!parent) main ??= module;
  try {
    execute(module, file);
  } catch (error) {
    Reflect.deleteProperty(cache, filename);
    throw error;
  }
  module.loaded = true;
  return module;
}

function execute(module: Module, file: string): void {
  const content = allFiles().get(file)!;
  const source = typeof content === 'string' ? content : new TextDecoderOfHost().decode(content);
  if (file.endsWith('.json')) {
    module.exports = parseJson(source, file);
    return;
  }
  if (formats[file] === 'module' || file.endsWith('.mjs')) {
    throw nodeError(
      'ERR_REQUIRE_ESM',
      `require() of ES Module ${module.filename} not supported. Use import, or write it as CommonJS.`,
    );
  }
  addLearnerFile(file, WRAPPER.length);
  const body = source.startsWith('#!') ? `//${source}` : source;
  const wrapped = askHost(HOST_CALL.compile, `${WRAPPER}${body}\n})`, file) as (...args: unknown[]) => void;
  wrapped.call(module.exports, module.exports, module.require, module, module.filename, module.path);
}

class TextDecoderOfHost {
  decode(bytes: Uint8Array): string {
    return askHost(HOST_CALL.decode, bytes) as string;
  }
}

function parseJson(source: string, file: string): unknown {
  try {
    return JSON.parse(source.replace(/^\ufeff/, ''));
  } catch (error) {
    if (error instanceof Error) error.message = `${ROOT}/${file}: ${error.message}`;
    throw error;
  }
}

function requireFor(module: Module, file: string): (id: string) => unknown {
  function require(id: unknown): unknown {
    if (typeof id !== 'string') throw invalidArgument('id', 'of type string', id);
    const builtin = builtinName(id);
    if (builtin !== undefined) return builtins[builtin];
    return load(resolve(id), module).exports;
  }
  function resolve(id: string): string {
    const found = resolveFile(id, file);
    if (found === undefined) throw notFound(id, file);
    return found;
  }
  require.resolve = (id: string): string => (builtinName(id) === undefined ? `${ROOT}/${resolve(id)}` : id);
  require.cache = cache;
  Object.defineProperty(require, 'main', { get: () => main, enumerable: true });
  return require;
}

/** Node's order: the very file, then with an extension, then an index. Bare names are packages, which a lab has not. */
function resolveFile(id: string, from: string): string | undefined {
  if (!/^\.{0,2}\//.test(id) && id !== '.' && id !== '..') return undefined;
  const start = id.startsWith('/') ? '' : folderOf(`/${from}`);
  const absolute = id.startsWith(`${ROOT}/`) ? id.slice(ROOT.length) : id;
  const parts: string[] = [];
  for (const part of `${start}/${absolute}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const base = parts.join('/');
  const candidates = [
    base,
    `${base}.js`,
    `${base}.cjs`,
    `${base}.json`,
    `${base}/index.js`,
    `${base}/index.cjs`,
  ].map((name) => name.replace(/^\//, ''));
  return candidates.find((name) => allFiles().has(name));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function notFound(id: string, from: string): Error {
  const builtinOnly = /^\.{0,2}\//.test(id)
    ? ''
    : `. A lab offers its own files and ${Object.keys(builtins)
        .filter((name) => !name.includes('/'))
        .join(', ')}.`;
  const error: PlatformError = new Error(`Cannot find module '${id}'${builtinOnly}`);
  Object.assign(error, { code: 'MODULE_NOT_FOUND', requireStack: [`${ROOT}/${from}`] });
  error[REPORT] = { code: 'MODULE_NOT_FOUND', params: { module: id } };
  return error;
}

/** `process.getBuiltinModule` */
Object.assign(process, {
  getBuiltinModule: (id: string): unknown => {
    const name = builtinName(id);
    return name === undefined ? undefined : builtins[name];
  },
});
