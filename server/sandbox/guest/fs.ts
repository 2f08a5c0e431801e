/** `fs` on the lab's own files, in memory. Changes live as long as the run. */
import { asBuffer, Buffer, type GuestBuffer } from './buffer.ts';
import { allFiles, ROOT } from './files.ts';
import { invalidArgument, systemError } from './node-error.ts';
import { Readable, Writable } from './stream.ts';
import { nextTick } from './tasks.ts';
import { URL } from './url.ts';

type Encoding =
  | string
  | {
      encoding?: string | null;
      flag?: string;
      flags?: string;
      start?: number;
      end?: number;
      highWaterMark?: number;
    }
  | null
  | undefined;

const WORDS: Record<string, string> = {
  ENOENT: 'no such file or directory',
  EISDIR: 'illegal operation on a directory',
  ENOTDIR: 'not a directory',
  EEXIST: 'file already exists',
};

function failure(code: string, syscall: string, path: unknown): Error {
  const shown = String(path);
  return systemError(code, syscall, `${code}: ${WORDS[code] ?? code}, ${syscall} '${shown}'`, {
    path: shown,
  });
}

/** The lab's name of a path: relative to its folder, `''` for the folder itself. */
function nameOf(path: unknown): string {
  if (path instanceof URL) path = decodeURIComponent(path.pathname);
  if (path instanceof Uint8Array) path = asBuffer(path).toString();
  if (typeof path !== 'string')
    throw invalidArgument('path', 'of type string or an instance of Buffer or URL', path);
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${ROOT}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const full = `/${parts.join('/')}`;
  return full === ROOT ? '' : full.startsWith(`${ROOT}/`) ? full.slice(ROOT.length + 1) : full;
}

function isFolder(name: string): boolean {
  return name === '' || name === '/' || [...allFiles().keys()].some((known) => known.startsWith(`${name}/`));
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

function read(path: unknown, encoding: Encoding, syscall = 'open'): string | GuestBuffer {
  const name = nameOf(path);
  const content = allFiles().get(name);
  if (content === undefined)
    throw isFolder(name)
      ? systemError('EISDIR', 'read', 'EISDIR: illegal operation on a directory, read', {})
      : failure('ENOENT', syscall, path);
  const wanted = typeof encoding === 'string' ? encoding : encoding?.encoding;
  if (typeof content === 'string' && (wanted === 'utf8' || wanted === 'utf-8')) return content;
  const bytes = Buffer.from(bytesOf(content));
  return wanted ? bytes.toString(wanted) : bytes;
}

function write(path: unknown, data: unknown, options: Encoding, append: boolean): void {
  const name = nameOf(path);
  const flag = typeof options === 'object' ? options?.flag : undefined;
  if (isFolder(name)) throw failure('EISDIR', 'open', path);
  if (flag === 'wx' && allFiles().has(name)) throw failure('EEXIST', 'open', path);
  const added = data instanceof Uint8Array ? data : String(data);
  const known = append || flag === 'a' ? allFiles().get(name) : undefined;
  if (known === undefined) allFiles().set(name, typeof added === 'string' ? added : added.slice());
  else if (typeof known === 'string' && typeof added === 'string') allFiles().set(name, known + added);
  else allFiles().set(name, Buffer.concat([bytesOf(known), bytesOf(added)]));
}

class Stats {
  readonly size: number;
  readonly mtime = new Date();
  readonly mtimeMs = this.mtime.getTime();
  readonly birthtime = this.mtime;
  readonly mode = 0o100644;
  readonly #folder: boolean;
  constructor(size: number, folder: boolean) {
    this.size = size;
    this.#folder = folder;
  }
  isFile(): boolean {
    return !this.#folder;
  }
  isDirectory(): boolean {
    return this.#folder;
  }
  isSymbolicLink(): boolean {
    return false;
  }
}

function stat(path: unknown): Stats {
  const name = nameOf(path);
  const content = allFiles().get(name);
  if (content !== undefined) return new Stats(bytesOf(content).length, false);
  if (isFolder(name)) return new Stats(0, true);
  throw failure('ENOENT', 'stat', path);
}

function list(path: unknown): string[] {
  const name = nameOf(path);
  if (allFiles().has(name)) throw failure('ENOTDIR', 'scandir', path);
  if (!isFolder(name)) throw failure('ENOENT', 'scandir', path);
  const prefix = name === '' || name === '/' ? '' : `${name}/`;
  const names = [...allFiles().keys()].filter((known) => known.startsWith(prefix));
  return [...new Set(names.map((known) => known.slice(prefix.length).split('/')[0]!))].sort();
}

function remove(path: unknown): void {
  if (!allFiles().delete(nameOf(path))) throw failure('ENOENT', 'unlink', path);
}

function rename(from: unknown, to: unknown): void {
  const content = allFiles().get(nameOf(from));
  if (content === undefined) throw failure('ENOENT', 'rename', from);
  allFiles().delete(nameOf(from));
  allFiles().set(nameOf(to), content);
}

/** What exists in three forms: `nameSync`, callback and promise. */
const operations = {
  readFile: (path: unknown, encoding?: Encoding) => read(path, encoding),
  writeFile: (path: unknown, data: unknown, options?: Encoding) => write(path, data, options, false),
  appendFile: (path: unknown, data: unknown, options?: Encoding) => write(path, data, options, true),
  readdir: (path: unknown) => list(path),
  stat: (path: unknown) => stat(path),
  lstat: (path: unknown) => stat(path),
  access: (path: unknown) => void stat(path),
  unlink: (path: unknown) => remove(path),
  rm: (path: unknown) => remove(path),
  rename: (from: unknown, to: unknown) => rename(from, to),
  // Folders are made by the files in them.
  mkdir: (path: unknown) => void nameOf(path),
  realpath: (path: unknown) => `${ROOT}/${nameOf(path)}`.replace(/\/$/, ''),
};

function withCallback(operation: (...args: never[]) => unknown): (...args: unknown[]) => void {
  return (...args) => {
    const callback = args.pop();
    if (typeof callback !== 'function') throw invalidArgument('cb', 'of type function', callback);
    let error: unknown = null;
    let result: unknown;
    try {
      result = Reflect.apply(operation, undefined, args);
    } catch (thrown) {
      error = thrown;
    }
    nextTick(() => (error ? callback(error) : callback(null, result)));
  };
}

const callbacks: Record<string, unknown> = {};
const synchronous: Record<string, unknown> = {};
export const promises: Record<string, unknown> = {};
for (const [name, operation] of Object.entries(operations)) {
  callbacks[name] = withCallback(operation);
  synchronous[`${name}Sync`] = operation;
  promises[name] = async (...args: never[]) => Reflect.apply(operation, undefined, args);
}

const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 };
promises.constants = constants;

export const fs = {
  ...callbacks,
  ...synchronous,
  promises,
  constants,
  Stats,
  existsSync(path: unknown): boolean {
    try {
      stat(path);
      return true;
    } catch {
      return false;
    }
  },
  exists(path: unknown, callback: (exists: boolean) => void): void {
    const exists = fs.existsSync(path);
    nextTick(() => callback(exists));
  },
  createReadStream(path: unknown, options?: Encoding): object {
    const size = (typeof options === 'object' && options?.highWaterMark) || 64 * 1024;
    const stream = new Readable({
      highWaterMark: size,
      encoding: typeof options === 'string' ? options : options?.encoding,
      construct(this: { bytes: Uint8Array; at: number }, done: (error?: unknown) => void) {
        try {
          const bytes = read(path, undefined) as GuestBuffer;
          const range = typeof options === 'object' ? options : undefined;
          this.bytes = bytes.subarray(
            range?.start ?? 0,
            range?.end === undefined ? undefined : range.end + 1,
          );
          this.at = 0;
          done();
        } catch (error) {
          done(error);
        }
      },
      read(this: { bytes: Uint8Array; at: number; push(chunk: Uint8Array | null): void }) {
        const chunk = this.bytes.subarray(this.at, this.at + size);
        this.at += chunk.length;
        this.push(chunk.length === 0 ? null : asBuffer(chunk.slice()));
      },
    });
    return Object.assign(stream, { path });
  },
  createWriteStream(path: unknown, options?: Encoding): object {
    const append = typeof options === 'object' && options?.flags === 'a';
    if (!append) write(path, '', undefined, false);
    return new Writable({
      write(chunk: Uint8Array, _encoding: string, done: () => void) {
        write(path, chunk, undefined, true);
        done();
      },
    });
  },
  watch(): never {
    throw systemError(
      'ENOSYS',
      'watch',
      'fs.watch is not available in a lab: nothing changes its files but itself',
      {},
    );
  },
};
