/** What a Node program finds without requiring it. */
import { AbortController, AbortSignal, CustomEvent, DOMException, Event, EventTarget } from './abort.ts';
import { LearnerBuffer } from './buffer.ts';
import { console } from './console.ts';
import { installJson } from './json.ts';
import { installLocaleText } from './locale-text.ts';
import { invalidArgument } from './node-error.ts';
import { part } from './on-demand.ts';
import { guestPerformance } from './performance.ts';
import { process } from './process.ts';
import { structuredClone } from './structured-clone.ts';
import { TextDecoder, TextEncoder } from './text-coding.ts';
import {
  clearImmediate,
  clearInterval,
  clearTimeout,
  setImmediate,
  setInterval,
  setTimeout,
} from './timers.ts';
import { URL, URLSearchParams } from './url.ts';

const nativeQueueMicrotask = queueMicrotask;
function checkedQueueMicrotask(callback: unknown): void {
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  nativeQueueMicrotask(callback as () => void);
}
Object.defineProperty(checkedQueueMicrotask, 'name', { value: 'queueMicrotask' });

export function installGlobals(): void {
  installLocaleText();
  installJson();
  const provided: Record<string, unknown> = {
    global: globalThis,
    AbortController,
    AbortSignal,
    Buffer: LearnerBuffer,
    CustomEvent,
    DOMException,
    Event,
    EventTarget,
    TextDecoder,
    TextEncoder,
    URL,
    URLSearchParams,
    clearImmediate,
    clearInterval,
    clearTimeout,
    console,
    performance: guestPerformance,
    process,
    queueMicrotask: checkedQueueMicrotask,
    setImmediate,
    setInterval,
    setTimeout,
    structuredClone,
  };
  for (const [name, value] of Object.entries(provided)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
  provideOnDemand('crypto', () => part('crypto').webcrypto);
  provideOnDemand('Intl', () => part('intl').Intl);
  for (const name of ['Crypto', 'SubtleCrypto']) provideOnDemand(name, () => part('crypto')[name]);
  for (const name of ['fetch', 'Headers', 'Request', 'Response'])
    provideOnDemand(name, () => part('fetch')[name]);
  // Members of the engine that Node does not have.
  for (const name of ['InternalError', 'gc']) Reflect.deleteProperty(globalThis, name);
}

/** A global whose module is made when it is read; assigning replaces it. */
function provideOnDemand(name: string, get: () => unknown): void {
  Object.defineProperty(globalThis, name, {
    get,
    set(value: unknown) {
      Object.defineProperty(globalThis, name, {
        value,
        writable: true,
        configurable: true,
        enumerable: true,
      });
    },
    configurable: true,
    enumerable: false,
  });
}
