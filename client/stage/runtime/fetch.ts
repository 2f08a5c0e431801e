import type { SourcePosition } from '#protocol/errors';
import type { FetchEvent } from '../protocol.ts';
import type { Probe } from './probe.ts';
import { replaceAccessor, replaceMethod } from './wrap.ts';

/** What all events of one call have in common. */
type Call = Pick<FetchEvent, 'call' | 'method' | 'url'>;

const BODY_METHODS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'];
/** Methods that fetch puts in upper case (Fetch §2.2.1); others go as they are written. */
const NORMALISED = /^(delete|get|head|options|post|put)$/i;

/** Tells of fetch: the call, its response, and when the body's bytes are handed to code. */
export function watchFetch(probe: Probe): void {
  const { outbox, sources, tasks, now, nextCall } = probe;
  /** Responses, their streams and the readers of those. */
  const calls = new WeakMap<object, Call>();

  function tell(call: Call, name: FetchEvent['name'], at: SourcePosition | undefined, status?: number): void {
    outbox.emit({ type: 'network', t: now(), api: 'fetch', name, ...call, status, at });
  }

  replaceMethod(window, 'fetch', (original) => {
    return {
      fetch(this: unknown, ...args: unknown[]) {
        const call = { call: nextCall(), ...describe(args[0], args[1] as RequestInit | undefined) };
        const at = sources.here();
        tell(call, 'fetch', at);
        const promise = Reflect.apply(original, this, args) as Promise<Response>;
        // Handing on the promise that was listened to keeps unhandled rejections unhandled.
        return promise.then(
          (response) => {
            calls.set(response, call);
            tell(call, 'response', at, response.status);
            tasks.handed(call.call);
            return response;
          },
          (error: unknown) => {
            tell(call, 'error', at);
            throw error;
          },
        );
      },
    }.fetch;
  });

  /** Wraps a method whose promise hands over bytes of the call of `this`. */
  function watchBody(owner: object, name: string): void {
    replaceMethod(owner as Record<string, unknown>, name, (original) => {
      return {
        body(this: object, ...args: unknown[]) {
          const promise = Reflect.apply(original, this, args) as Promise<unknown>;
          const call = calls.get(this);
          if (!call) return promise;
          const at = sources.here();
          return promise.then((value) => {
            tell(call, 'body', at);
            tasks.handed(call.call);
            return value;
          });
        },
      }.body;
    });
  }

  /** Lets what `method` returns stand for the same call. */
  function inherit(owner: object, name: string): void {
    replaceMethod(owner as Record<string, unknown>, name, (original) => {
      return {
        inherit(this: object, ...args: unknown[]) {
          const result = Reflect.apply(original, this, args) as object;
          const call = calls.get(this);
          if (call) calls.set(result, call);
          return result;
        },
      }.inherit;
    });
  }

  for (const name of BODY_METHODS) watchBody(Response.prototype, name);
  inherit(Response.prototype, 'clone');
  replaceAccessor(Response.prototype, 'body', {
    get: (original) =>
      ({
        body(this: object) {
          const stream = Reflect.apply(original, this, []) as object | null;
          const call = calls.get(this);
          if (call && stream) calls.set(stream, call);
          return stream;
        },
      }).body,
  });
  inherit(ReadableStream.prototype, 'getReader');
  watchBody(ReadableStreamDefaultReader.prototype, 'read');
}

function describe(input: unknown, init: RequestInit | undefined): Pick<FetchEvent, 'method' | 'url'> {
  const request = input instanceof Request ? input : undefined;
  const method = String(init?.method ?? request?.method ?? 'GET');
  return {
    method: NORMALISED.test(method) ? method.toUpperCase() : method,
    url: request?.url ?? absolute(String(input)),
  };
}

/** The address as the browser will ask for it; as written when it is none. */
export function absolute(url: string): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url;
  }
}
