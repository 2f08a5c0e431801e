import type { SourcePosition } from '#protocol/errors';
import type { FetchEvent } from '../protocol.ts';
import { absolute, normalised } from './address.ts';
import { watchBodyStreams } from './body-streams.ts';
import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';
import { replaceMethod } from './wrap.ts';

/** What all events of one call have in common. */
export type FetchCall = Pick<FetchEvent, 'call' | 'method' | 'url'>;

export type TellFetch = (
  call: FetchCall,
  name: FetchEvent['name'],
  details: Pick<FetchEvent, 'at' | 'status' | 'loaded'>,
) => void;

const BODY_METHODS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'];

/** Tells of fetch: the call, its response, and when the body's bytes are handed to code. */
export function watchFetch(probe: Probe, page: PageWindow): void {
  const { outbox, sources, tasks, now, nextCall } = probe;
  const calls = new WeakMap<object, FetchCall>();

  const tell: TellFetch = (call, name, details) => {
    if (name !== 'fetch' && name !== 'error') tasks.handed(call.call);
    outbox.emit({ type: 'network', t: now(), api: 'fetch', name, ...call, ...details });
  };

  replaceMethod(page, 'fetch', (original) => {
    return {
      fetch(this: unknown, ...args: unknown[]) {
        const call = { call: nextCall(), ...describe(args[0], args[1] as RequestInit | undefined, page) };
        const at = sources.here();
        tell(call, 'fetch', { at });
        const promise = Reflect.apply(original, this, args) as Promise<Response>;
        return follow(call, at, promise);
      },
    }.fetch;
  });

  /** Handing on the promise that was listened to keeps unhandled rejections unhandled. */
  function follow(call: FetchCall, at: SourcePosition | undefined, promise: Promise<Response>) {
    return promise.then(
      (response) => {
        calls.set(response, call);
        tell(call, 'response', { at, status: response.status });
        return response;
      },
      (error: unknown) => {
        tell(call, 'error', { at });
        throw error;
      },
    );
  }

  const { prototype } = page.Response;
  for (const name of BODY_METHODS) {
    replaceMethod(prototype as object as Record<string, unknown>, name, (original) => {
      return {
        body(this: object, ...args: unknown[]) {
          const promise = Reflect.apply(original, this, args) as Promise<unknown>;
          const call = calls.get(this);
          if (!call) return promise;
          const at = sources.here();
          return promise.then(
            (value) => {
              tell(call, 'body', { at });
              return value;
            },
            (error: unknown) => {
              // No script runs when it fails, and for such a rejection Chromium fires no `unhandledrejection`.
              tell(call, 'error', { at });
              throw error;
            },
          );
        },
      }.body;
    });
  }
  replaceMethod(prototype, 'clone', (original) => {
    return {
      clone(this: Response, ...args: unknown[]) {
        const copy = Reflect.apply(original, this, args) as Response;
        const call = calls.get(this);
        if (call) calls.set(copy, call);
        return copy;
      },
    }.clone;
  });
  watchBodyStreams(sources, page, (response) => calls.get(response), tell);
}

function describe(
  input: unknown,
  init: RequestInit | undefined,
  page: PageWindow,
): Pick<FetchEvent, 'method' | 'url'> {
  const request = input instanceof page.Request ? input : undefined;
  return {
    method: normalised(String(init?.method ?? request?.method ?? 'GET')),
    url: request?.url ?? absolute(String(input), page.document.baseURI),
  };
}
