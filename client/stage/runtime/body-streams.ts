/**
 * The body of a response as a stream (Streams, Fetch §5.2): told each time a part of it is handed to code, by a reader
 * or by `for await`, with the bytes handed over so far. Parts follow through `tee` and through `TextDecoderStream`;
 * what other transforms hand out has no bytes of its own, so it is told without a count.
 */
import type { FetchCall, TellFetch } from './fetch.ts';
import type { PageWindow } from './page-window.ts';
import type { Sources } from './positions.ts';
import { utf8Length } from './utf8.ts';
import { replaceAccessor, replaceMethod } from './wrap.ts';

/** One way of reading a body; a stream, its reader and its iterator share it. */
interface Reading {
  call: FetchCall;
  /** Bytes handed to code; undefined when that cannot be known. */
  loaded: number | undefined;
}

type Methods = Record<string, unknown>;

export function watchBodyStreams(
  sources: Sources,
  page: PageWindow,
  callOf: (response: object) => FetchCall | undefined,
  tell: TellFetch,
): void {
  const readings = new WeakMap<object, Reading>();
  const stream = page.ReadableStream.prototype as object as Methods;

  replaceAccessor(page.Response.prototype, 'body', {
    get: (original) =>
      ({
        body(this: object) {
          const body = Reflect.apply(original, this, []) as object | null;
          const call = callOf(this);
          if (call && body && !readings.has(body)) readings.set(body, { call, loaded: 0 });
          return body;
        },
      }).body,
  });

  /** Lets what `name` returns stand for the reading that `derive` makes of that of `this`. */
  function derive(
    name: string,
    found: (result: object, reading: Reading, args: unknown[]) => [object, Reading][],
  ): void {
    replaceMethod(stream, name, (original) => {
      return {
        derive(this: object, ...args: unknown[]) {
          const result = Reflect.apply(original, this, args) as object;
          const reading = readings.get(this);
          if (reading) for (const [object, own] of found(result, reading, args)) readings.set(object, own);
          return result;
        },
      }.derive;
    });
  }
  derive('getReader', (reader, reading) => [[reader, reading]]);
  derive('values', (iterator, reading) => [[iterator, reading]]);
  derive('tee', (branches, reading) =>
    (branches as object[]).map((branch): [object, Reading] => [branch, { ...reading }]),
  );
  derive('pipeThrough', (readable, { call, loaded }, [transform]) => {
    const isText = transform instanceof page.TextDecoderStream && transform.encoding === 'utf-8';
    return [[readable, { call, loaded: isText ? loaded : undefined }]];
  });

  function watchReads(owner: object | undefined, name: string): void {
    if (!owner) return;
    replaceMethod(owner as Methods, name, (original) => {
      return {
        read(this: object, ...args: unknown[]) {
          const promise = Reflect.apply(original, this, args) as Promise<ReadableStreamReadResult<unknown>>;
          const reading = readings.get(this);
          return reading ? promise.then(handOver(reading, sources.here(reading))) : promise;
        },
      }.read;
    });
  }

  function handOver(reading: Reading, at: ReturnType<Sources['here']>) {
    return (result: ReadableStreamReadResult<unknown>) => {
      if (result.done) tell(reading.call, 'body', { at });
      else {
        const size = sizeOf(result.value);
        reading.loaded =
          reading.loaded === undefined || size === undefined ? undefined : reading.loaded + size;
        tell(reading.call, 'read', { at, loaded: reading.loaded });
      }
      return result;
    };
  }
  watchReads(page.ReadableStreamDefaultReader.prototype, 'read');
  watchReads(page.ReadableStreamBYOBReader?.prototype, 'read');

  replaceMethod(stream, 'pipeTo', (original) => {
    return {
      pipeTo(this: object, ...args: unknown[]) {
        const promise = Reflect.apply(original, this, args) as Promise<void>;
        const reading = readings.get(this);
        if (!reading) return promise;
        const at = sources.here();
        return promise.then(() => tell(reading.call, 'body', { at }));
      },
    }.pipeTo;
  });
  watchIteration(page, watchReads);
}

/** `for await` calls `next` of an iterator whose prototype has no name; Safari has none before 26. */
function watchIteration(page: PageWindow, watchReads: (owner: object, name: string) => void): void {
  const { prototype } = page.ReadableStream as { prototype: object };
  const { values } = prototype as { values?: () => object };
  if (!values) return;
  // The standard has one function under both names.
  const iteration = Object.getOwnPropertyDescriptor(prototype, Symbol.asyncIterator);
  Object.defineProperty(prototype, Symbol.asyncIterator, { ...iteration, value: values });
  watchReads(Object.getPrototypeOf(Reflect.apply(values, new page.ReadableStream(), [])) as object, 'next');
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string') return utf8Length(value);
  return ArrayBuffer.isView(value) ? value.byteLength : undefined;
}
