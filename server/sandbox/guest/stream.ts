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

type StreamCallback = (error?: Error | null) => void;
export interface WritableStream {
  writable: boolean;
  writableEnded: boolean;
  writableFinished: boolean;
  writableLength: number;
  destroyed: boolean;
  write(chunk: unknown, encoding?: string | StreamCallback | null, callback?: StreamCallback): boolean;
  end(chunk?: unknown, encoding?: string | StreamCallback | null, callback?: StreamCallback): this;
  destroy(error?: Error | null): this;
  emit(event: string | symbol, ...args: unknown[]): boolean;
  on(event: string | symbol, listener: (...args: never[]) => unknown): this;
  once(event: string | symbol, listener: (...args: never[]) => unknown): this;
  off(event: string | symbol, listener: (...args: never[]) => unknown): this;
  listenerCount(event: string | symbol): number;
}
export interface DuplexStream extends WritableStream {
  readable: boolean;
  readableEnded: boolean;
  readableLength: number;
  allowHalfOpen: boolean;
  push(chunk: Uint8Array | null): boolean;
  read(size?: number): unknown;
  pause(): this;
  resume(): this;
}

export const streamModule = stream as Record<string, unknown> & { promises: Record<string, unknown> };
export const Readable = stream.Readable as ReadableClass;
export const Writable = stream.Writable as unknown as new (options: object) => WritableStream;
export const Duplex = stream.Duplex as unknown as new (options: object) => DuplexStream;

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
