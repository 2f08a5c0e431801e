/** `stream`: the readable-stream package, on this guest's own events, buffer and process. */
import stream from 'readable-stream';

interface ReadableClass {
  new (options?: object): ReadableStream;
  (this: unknown, options?: object): void;
  prototype: ReadableStream;
  from(iterable: unknown, options?: object): ReadableStream;
}
export interface ReadableStream {
  _readableState: unknown;
  readableEnded: boolean;
  destroyed: boolean;
  push(chunk: Uint8Array | null): boolean;
  on(event: string | symbol, listener: (...args: never[]) => unknown): this;
  resume(): this;
  read(size?: number): unknown;
  destroy(error?: Error): this;
  pipe<T>(target: T, options?: object): T;
}

export const streamModule = stream as Record<string, unknown> & { promises: Record<string, unknown> };
export const Readable = stream.Readable as ReadableClass;
export const Writable = stream.Writable as new (options: object) => object;

/** What `crypto` and `zlib` extend. */
export const Transform = stream.Transform as new (options?: object) => TransformStream;
interface TransformStream extends ReadableStream {
  writableLength: number;
  writableEnded: boolean;
  writableFinished: boolean;
  write(chunk: unknown, encoding?: unknown, done?: unknown): boolean;
  end(...args: unknown[]): this;
  once(event: string | symbol, listener: (...args: never[]) => unknown): this;
  emit(event: string | symbol, ...args: unknown[]): boolean;
}
