/** `fs` on the lab's own files, in memory. Changes live as long as the run. */
import { Buffer } from './buffer.ts';
import { closeFile, openFile, pathOf, readFile, statFile, writeFile } from './fs-descriptors.ts';
import { ReadStream, WriteStream } from './fs-streams.ts';
import * as tree from './fs-tree.ts';
import type { Options } from './fs-tree.ts';
import { invalidArgument } from './node-error.ts';
import { nextTick } from './tasks.ts';

let folders = 0;

/** What exists in three forms: `nameSync`, callback and promise. */
const operations = {
  readFile: (path: unknown, options?: Options) => tree.read(pathOf(path), options),
  writeFile: (path: unknown, data: unknown, options?: Options) =>
    tree.write(pathOf(path), data, options, false),
  appendFile: (path: unknown, data: unknown, options?: Options) =>
    tree.write(pathOf(path), data, options, true),
  readdir: tree.list,
  stat: tree.stat,
  lstat: tree.stat,
  access: (path: unknown) => {
    if (!tree.stat(path, { throwIfNoEntry: false })) throw tree.failure('ENOENT', 'access', path);
  },
  unlink: tree.removeFile,
  rm: tree.remove,
  rmdir: (path: unknown, options?: Options) =>
    typeof options === 'object' && options?.recursive ? tree.remove(path, options) : tree.removeFolder(path),
  rename: tree.rename,
  copyFile: tree.copy,
  truncate: (path: unknown, length?: number) => tree.truncate(pathOf(path), length),
  mkdir: tree.makeFolder,
  mkdtemp: (prefix: unknown) => {
    folders += 1;
    const path = `${String(prefix)}${folders.toString(36).padStart(6, '0')}`;
    tree.makeFolder(path);
    return path;
  },
  realpath: (path: unknown) => {
    if (!tree.stat(path, { throwIfNoEntry: false })) throw tree.failure('ENOENT', 'realpath', path);
    return tree.absolute(tree.nameOf(path));
  },
  utimes: (path: unknown, _accessed: unknown, modified: unknown) => tree.touch(path, modified),
  // Everything may be read and written; who it belongs to is nobody's concern.
  chmod: (path: unknown) => void tree.stat(path),
  chown: (path: unknown) => void tree.stat(path),
  link: (from: unknown, to: unknown): never => {
    throw tree.failure('ENOSYS', 'link', from, to);
  },
  symlink: (from: unknown, to: unknown): never => {
    throw tree.failure('ENOSYS', 'symlink', from, to);
  },
  readlink: (path: unknown): never => {
    throw tree.failure('ENOSYS', 'readlink', path);
  },
};

/** The same for open files; as promises they are methods of a `FileHandle`. */
const ofDescriptors = {
  open: openFile,
  close: closeFile,
  fstat: statFile,
  fsync: statFile,
  fdatasync: statFile,
  ftruncate: (fd: unknown, length?: number) => tree.truncate(pathOf(fd), length),
};

type Operation = (...args: never[]) => unknown;

function withCallback(operation: Operation, more: (args: unknown[]) => unknown[] = () => []) {
  return (...args: unknown[]): void => {
    const callback = args.pop();
    if (typeof callback !== 'function') throw invalidArgument('cb', 'of type function', callback);
    let error: unknown = null;
    let result: unknown;
    try {
      result = Reflect.apply(operation, undefined, args);
    } catch (thrown) {
      error = thrown;
    }
    nextTick(() => (error ? callback(error) : callback(null, result, ...more(args))));
  };
}

class FileHandle {
  readonly fd: number;
  constructor(fd: number) {
    this.fd = fd;
  }
  async read(buffer: Uint8Array = Buffer.alloc(16_384), ...rest: never[]): Promise<object> {
    return { bytesRead: readFile(this.fd, buffer, ...rest), buffer };
  }
  async write(data: unknown, ...rest: unknown[]): Promise<object> {
    return { bytesWritten: writeFile(this.fd, data, ...rest), buffer: data };
  }
  async readFile(options?: Options): Promise<unknown> {
    return operations.readFile(this.fd, options);
  }
  async writeFile(data: unknown, options?: Options): Promise<void> {
    operations.writeFile(this.fd, data, options);
  }
  async appendFile(data: unknown, options?: Options): Promise<void> {
    operations.appendFile(this.fd, data, options);
  }
  async stat(): Promise<unknown> {
    return statFile(this.fd);
  }
  async truncate(length?: number): Promise<void> {
    ofDescriptors.ftruncate(this.fd, length);
  }
  async sync(): Promise<void> {
    statFile(this.fd);
  }
  async datasync(): Promise<void> {
    statFile(this.fd);
  }
  async close(): Promise<void> {
    closeFile(this.fd);
  }
  createReadStream(options?: object): object {
    return new ReadStream(pathOf(this.fd), options);
  }
  createWriteStream(options?: object): object {
    return new WriteStream(pathOf(this.fd), options);
  }
}

const callbacks: Record<string, unknown> = {};
const synchronous: Record<string, unknown> = {};
export const promises: Record<string, unknown> = {
  open: async (path: unknown, flags?: unknown) => new FileHandle(openFile(path, flags)),
};
for (const [name, operation] of Object.entries<Operation>({ ...operations, ...ofDescriptors })) {
  callbacks[name] = withCallback(operation);
  synchronous[`${name}Sync`] = operation;
}
for (const [name, operation] of Object.entries<Operation>(operations))
  promises[name] = async (...args: never[]) => Reflect.apply(operation, undefined, args);

const constants = {
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  COPYFILE_EXCL: 1,
  O_RDONLY: 0,
  O_WRONLY: 1,
  O_RDWR: 2,
};
promises.constants = constants;

/** What needs an operating system that changes files by itself. */
const unavailable =
  (name: string) =>
  (path?: unknown): never => {
    throw Object.assign(tree.failure('ENOSYS', name, path), {
      message: `fs.${name} is not available in a lab, whose files are in memory and change by the program alone`,
    });
  };
for (const name of ['watch', 'watchFile', 'unwatchFile', 'opendir', 'statfs', 'cp']) {
  callbacks[name] = unavailable(name);
  promises[name] = unavailable(name);
}

function existsSync(path: unknown): boolean {
  try {
    return tree.stat(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A path that is none: nothing is there.
    return false;
  }
}

export const fs = {
  ...callbacks,
  ...synchronous,
  read: withCallback(readFile, (args) => [args[1]]),
  readSync: readFile,
  write: withCallback(writeFile, (args) => [args[1]]),
  writeSync: writeFile,
  promises,
  constants,
  F_OK: constants.F_OK,
  R_OK: constants.R_OK,
  W_OK: constants.W_OK,
  X_OK: constants.X_OK,
  Stats: tree.Stats,
  Dirent: tree.Dirent,
  ReadStream,
  WriteStream,
  FileReadStream: ReadStream,
  FileWriteStream: WriteStream,
  existsSync,
  exists(path: unknown, callback: (exists: boolean) => void): void {
    const exists = existsSync(path);
    nextTick(() => callback(exists));
  },
  createReadStream: (path: unknown, options?: object): object => new ReadStream(path, options),
  createWriteStream: (path: unknown, options?: object): object => new WriteStream(path, options),
};
