/** What QuickJS has beyond ES2023, and the bundled packages that ship no types. */
declare const performance: { now(): number };
declare function queueMicrotask(callback: () => void): void;
declare function atob(text: string): string;
declare function btoa(text: string): string;
interface ErrorConstructor {
  captureStackTrace(target: object, above?: unknown): void;
  prepareStackTrace: ((error: unknown, frames: CallSite[]) => unknown) | undefined;
  stackTraceLimit: number;
}
interface CallSite {
  getFileName(): string | undefined;
  getFunctionName(): string | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  isNative(): boolean;
}
interface SymbolConstructor {
  readonly asyncDispose: unique symbol;
  readonly dispose: unique symbol;
}
declare module 'readable-stream' {
  const stream: Record<string, unknown>;
  export = stream;
}
declare module 'path-browserify' {
  const path: Record<string, (...parts: string[]) => string>;
  export = path;
}
declare module 'string_decoder' {
  export class StringDecoder {
    constructor(encoding?: string);
    write(chunk: Uint8Array): string;
    end(chunk?: Uint8Array): string;
  }
}
declare module 'buffer/' {
  export const Buffer: unknown;
  export const kMaxLength: number;
}
