/** The lab's folder as `fs` sees it: files by path, folders, times, and the errors of the operating system. */
import { asBuffer, Buffer, type GuestBuffer } from './buffer.ts';
import { allFiles, filesSince, ROOT } from './files.ts';
import { invalidArgument, systemError } from './node-error.ts';
import { URL } from './url.ts';

export interface FileOptions {
  encoding?: string | null;
  flag?: string;
  flags?: string;
  mode?: unknown;
  recursive?: boolean;
  force?: boolean;
  withFileTypes?: boolean;
  throwIfNoEntry?: boolean;
}
export type Options = string | FileOptions | null | undefined;

const WORDS: Record<string, string> = {
  EBADF: 'bad file descriptor',
  ENOENT: 'no such file or directory',
  EISDIR: 'illegal operation on a directory',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  EEXIST: 'file already exists',
  ENOSYS: 'function not implemented',
};

export function failure(code: string, syscall: string, path?: unknown, dest?: unknown): Error {
  const shown = path === undefined ? '' : ` '${String(path)}'`;
  const target = dest === undefined ? '' : ` -> '${String(dest)}'`;
  return systemError(code, syscall, `${code}: ${WORDS[code] ?? code}, ${syscall}${shown}${target}`, {
    ...(path === undefined ? {} : { path: String(path) }),
    ...(dest === undefined ? {} : { dest: String(dest) }),
  });
}

/** Made by `mkdir`; the others are there because of the files in them. */
const folders = new Set<string>();
/** When a file was written last, ms of the epoch. */
const times = new Map<string, number>();

/** The lab's name of a path: relative to its folder, `''` for the folder itself. */
export function nameOf(path: unknown): string {
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
  if (name === '' || name === '/' || name === '/tmp' || folders.has(name)) return true;
  return [...allFiles().keys(), ...folders].some((known) => known.startsWith(`${name}/`));
}

export function contentOf(name: string): GuestBuffer | undefined {
  const content = allFiles().get(name);
  return content === undefined ? undefined : (bytesOf(content) as GuestBuffer);
}

export function setContent(name: string, content: string | Uint8Array): void {
  allFiles().set(name, content);
  times.set(name, Date.now());
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : asBuffer(content);
}

export function read(path: unknown, options?: Options): string | GuestBuffer {
  const name = nameOf(path);
  const content = allFiles().get(name);
  if (content === undefined)
    throw isFolder(name) ? failure('EISDIR', 'read') : failure('ENOENT', 'open', path);
  const wanted = typeof options === 'string' ? options : options?.encoding;
  if (typeof content === 'string' && (wanted === 'utf8' || wanted === 'utf-8')) return content;
  const bytes = Buffer.from(bytesOf(content));
  return wanted ? bytes.toString(wanted) : bytes;
}

/** Checks what `flags` ask for and makes the file when they say so. Answers its name. */
export function open(path: unknown, flags = 'r'): string {
  const name = nameOf(path);
  const known = allFiles().has(name);
  if (isFolder(name) && flags !== 'r') throw failure('EISDIR', 'open', path);
  if (known && flags.includes('x')) throw failure('EEXIST', 'open', path);
  const writes = /^[wa]/.test(flags);
  if (!known && !writes && !isFolder(name)) throw failure('ENOENT', 'open', path);
  if (!known && writes && !isFolder(parentOf(name))) throw failure('ENOENT', 'open', path);
  if (flags.startsWith('w') || (!known && writes)) setContent(name, '');
  return name;
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/'))) || (name.startsWith('/') ? '/' : '');
}

export function write(path: unknown, data: unknown, options: Options, append: boolean): void {
  const given = typeof options === 'object' ? options : undefined;
  const isBytes = ArrayBuffer.isView(data);
  if (!isBytes && typeof data !== 'string')
    throw invalidArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  const flags = given?.flag ?? (append ? 'a' : 'w');
  const name = open(path, flags);
  const encoding = typeof options === 'string' ? options : given?.encoding;
  const added = isBytes
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
    : encoding && !/^utf-?8$/i.test(encoding)
      ? Buffer.from(data, encoding)
      : data;
  const known = flags.startsWith('a') ? allFiles().get(name) : undefined;
  if (known === undefined) setContent(name, added);
  else if (typeof known === 'string' && typeof added === 'string') setContent(name, known + added);
  else setContent(name, Buffer.concat([bytesOf(known), bytesOf(added)]));
}

/** What `Stats` and `Dirent` say a thing is. */
abstract class Kind {
  readonly #folder: boolean;
  constructor(folder: boolean) {
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
  isBlockDevice(): boolean {
    return false;
  }
  isCharacterDevice(): boolean {
    return false;
  }
  isFIFO(): boolean {
    return false;
  }
  isSocket(): boolean {
    return false;
  }
}

export class Stats extends Kind {
  dev = 1;
  mode: number;
  nlink = 1;
  uid = 1000;
  gid = 1000;
  rdev = 0;
  blksize = 4096;
  ino = 1;
  size: number;
  blocks: number;
  atimeMs: number;
  mtimeMs: number;
  ctimeMs: number;
  birthtimeMs: number;
  atime: Date;
  mtime: Date;
  ctime: Date;
  birthtime: Date;
  constructor(size: number, folder: boolean, at: number) {
    super(folder);
    this.mode = folder ? 0o040755 : 0o100644;
    this.size = size;
    this.blocks = Math.ceil(size / 512);
    this.atimeMs = this.mtimeMs = this.ctimeMs = at;
    this.birthtimeMs = filesSince();
    this.atime = new Date(at);
    this.mtime = new Date(at);
    this.ctime = new Date(at);
    this.birthtime = new Date(this.birthtimeMs);
  }
}

export class Dirent extends Kind {
  name: string;
  parentPath: string;
  path: string;
  constructor(name: string, folder: string, isFolder: boolean) {
    super(isFolder);
    this.name = name;
    this.parentPath = this.path = folder;
  }
}

export function stat(path: unknown, options?: Options): Stats | undefined {
  const name = nameOf(path);
  const content = contentOf(name);
  if (content !== undefined) return new Stats(content.length, false, times.get(name) ?? filesSince());
  if (isFolder(name)) return new Stats(4096, true, filesSince());
  if (typeof options === 'object' && options?.throwIfNoEntry === false) return undefined;
  throw failure('ENOENT', 'stat', path);
}

export function list(path: unknown, options?: Options): (string | Dirent)[] {
  const name = nameOf(path);
  if (allFiles().has(name)) throw failure('ENOTDIR', 'scandir', path);
  if (!isFolder(name)) throw failure('ENOENT', 'scandir', path);
  const given = typeof options === 'object' ? options : undefined;
  const prefix = name === '' || name === '/' ? '' : `${name}/`;
  const inside = [...allFiles().keys(), ...folders]
    .filter(
      (known) => known.startsWith(prefix) && known !== name && (prefix !== '' || !known.startsWith('/')),
    )
    .map((known) => known.slice(prefix.length));
  const names = given?.recursive
    ? inside.flatMap((known) => known.split('/').map((_, index, all) => all.slice(0, index + 1).join('/')))
    : inside.map((known) => known.split('/')[0]!);
  const sorted = [...new Set(names)].sort();
  if (!given?.withFileTypes) return sorted;
  return sorted.map((one) => new Dirent(one, String(path), isFolder(prefix + one)));
}

export function makeFolder(path: unknown, options?: Options): string | undefined {
  const name = nameOf(path);
  const recursive = typeof options === 'object' && options?.recursive === true;
  if (allFiles().has(name) || (isFolder(name) && !recursive)) throw failure('EEXIST', 'mkdir', path);
  if (isFolder(name)) return undefined;
  if (!recursive && !isFolder(parentOf(name))) throw failure('ENOENT', 'mkdir', path);
  for (let made = name; made !== '' && made !== '/'; made = parentOf(made)) folders.add(made);
  return recursive ? absolute(name) : undefined;
}

export function absolute(name: string): string {
  return name.startsWith('/') ? name : `${ROOT}/${name}`.replace(/\/$/, '');
}

export function removeFile(path: unknown): void {
  const name = nameOf(path);
  if (isFolder(name)) throw failure('EISDIR', 'unlink', path);
  if (!allFiles().delete(name)) throw failure('ENOENT', 'unlink', path);
  times.delete(name);
}

export function removeFolder(path: unknown): void {
  const name = nameOf(path);
  if (allFiles().has(name)) throw failure('ENOTDIR', 'rmdir', path);
  if (!isFolder(name)) throw failure('ENOENT', 'rmdir', path);
  if (list(path).length > 0) throw failure('ENOTEMPTY', 'rmdir', path);
  folders.delete(name);
}

export function remove(path: unknown, options?: Options): void {
  const { recursive = false, force = false } = typeof options === 'object' ? (options ?? {}) : {};
  const name = nameOf(path);
  if (allFiles().has(name)) return removeFile(path);
  if (!isFolder(name)) {
    if (force) return;
    throw failure('ENOENT', 'lstat', path);
  }
  if (!recursive) {
    const message = `Path is a directory: rm returned EISDIR (is a directory) ${String(path)}`;
    throw Object.assign(systemError('EISDIR', 'rm', message, { path: String(path) }), {
      code: 'ERR_FS_EISDIR',
    });
  }
  const inside = (known: string): boolean => name === '' || known === name || known.startsWith(`${name}/`);
  for (const known of [...allFiles().keys()].filter(inside)) allFiles().delete(known);
  for (const known of [...folders].filter(inside)) folders.delete(known);
}

export function rename(from: unknown, to: unknown): void {
  const [source, target] = [nameOf(from), nameOf(to)];
  const moved = (known: string): boolean => known === source || known.startsWith(`${source}/`);
  const names = [...allFiles().keys()].filter(moved);
  if (names.length === 0 && !folders.has(source)) throw failure('ENOENT', 'rename', from, to);
  for (const known of names) {
    setContent(target + known.slice(source.length), allFiles().get(known)!);
    allFiles().delete(known);
  }
  for (const known of [...folders].filter(moved)) {
    folders.delete(known);
    folders.add(target + known.slice(source.length));
  }
}

export function copy(from: unknown, to: unknown, mode = 0): void {
  const content = allFiles().get(nameOf(from));
  if (content === undefined) throw failure('ENOENT', 'copyfile', from, to);
  if (mode & 1 && allFiles().has(nameOf(to))) throw failure('EEXIST', 'copyfile', from, to);
  setContent(nameOf(to), typeof content === 'string' ? content : content.slice());
}

export function truncate(path: unknown, length = 0): void {
  const name = nameOf(path);
  const content = contentOf(name);
  if (!content) throw failure('ENOENT', 'open', path);
  const cut = Buffer.alloc(length);
  cut.set(content.subarray(0, length));
  setContent(name, cut);
}

export function touch(path: unknown, at: unknown): void {
  const name = nameOf(path);
  if (!allFiles().has(name) && !isFolder(name)) throw failure('ENOENT', 'utime', path);
  times.set(name, at instanceof Date ? at.getTime() : Number(at) * 1000);
}
