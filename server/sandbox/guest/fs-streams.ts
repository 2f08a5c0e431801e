/** `fs.ReadStream` and `fs.WriteStream` on the lab's files. */
import { asBuffer, type GuestBuffer } from './buffer.ts';
import { callable } from './events.ts';
import { closeFile, openFile, readFile, writeFile } from './fs-descriptors.ts';
import { Readable, Writable } from './stream.ts';

interface StreamOptions {
  encoding?: string | null;
  flags?: string;
  start?: number;
  end?: number;
  highWaterMark?: number;
  autoClose?: boolean;
  emitClose?: boolean;
}
type Given = string | StreamOptions | undefined;
type Done = (error?: Error | null) => void;

const CHUNK = 64 * 1024;

function optionsOf(given: Given): StreamOptions {
  return typeof given === 'string' ? { encoding: given } : (given ?? {});
}

class FileReadStream extends Readable {
  path: unknown;
  flags: string;
  fd: number | null = null;
  start: number | undefined;
  end: number;
  bytesRead = 0;
  #at: number;

  constructor(path: unknown, given?: Given) {
    const options = optionsOf(given);
    super({ highWaterMark: options.highWaterMark ?? CHUNK, encoding: options.encoding, emitClose: true });
    this.path = path;
    this.flags = options.flags ?? 'r';
    this.start = options.start;
    this.end = options.end ?? Infinity;
    this.#at = options.start ?? 0;
  }
  get pending(): boolean {
    return this.fd === null;
  }
  close(callback?: Done): void {
    if (callback) this.on('close', callback as never);
    this.destroy();
  }
  _construct(done: Done): void {
    construct(this, done);
  }
  _read(size: number): void {
    const room = Math.min(size, this.end - this.#at + 1);
    if (room <= 0) return void this.push(null);
    const chunk = new Uint8Array(room);
    const length = readFile(this.fd, chunk, 0, room, this.#at);
    this.#at += length;
    this.bytesRead += length;
    this.push(length === 0 ? null : asBuffer(chunk.slice(0, length)));
  }
  _destroy(error: Error | null, done: Done): void {
    destroy(this, error, done);
  }
}

class FileWriteStream extends Writable {
  path: unknown;
  flags: string;
  fd: number | null = null;
  bytesWritten = 0;
  #at: number | undefined;

  constructor(path: unknown, given?: Given) {
    const options = optionsOf(given);
    super({ decodeStrings: true, defaultEncoding: options.encoding ?? 'utf8', emitClose: true });
    this.path = path;
    this.flags = options.flags ?? 'w';
    this.#at = options.start;
  }
  get pending(): boolean {
    return this.fd === null;
  }
  close(callback?: Done): void {
    if (callback) this.on('close', callback as never);
    this.end();
  }
  _construct(done: Done): void {
    construct(this, done);
  }
  _write(chunk: GuestBuffer, _encoding: string, done: Done): void {
    const length = writeFile(this.fd, chunk, 0, chunk.length, this.#at);
    this.bytesWritten += length;
    if (this.#at !== undefined) this.#at += length;
    done();
  }
  _destroy(error: Error | null, done: Done): void {
    destroy(this, error, done);
  }
}

interface FileStream {
  path: unknown;
  flags: string;
  fd: number | null;
}

function construct(stream: FileStream, done: Done): void {
  try {
    stream.fd = openFile(stream.path, stream.flags);
  } catch (error) {
    return done(error as Error);
  }
  done();
  const events = stream as unknown as { emit(event: string, ...args: unknown[]): void };
  events.emit('open', stream.fd);
  events.emit('ready');
}

function destroy(stream: FileStream, error: Error | null, done: Done): void {
  if (stream.fd !== null) closeFile(stream.fd);
  stream.fd = null;
  done(error);
}

/** Old code calls them without `new`. */
export const ReadStream = Object.defineProperty(callable(FileReadStream), 'name', { value: 'ReadStream' });
export const WriteStream = Object.defineProperty(callable(FileWriteStream), 'name', { value: 'WriteStream' });
