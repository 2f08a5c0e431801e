/** The modules a lab offers, by the name a program requires. */
import path from 'path-browserify';
import { StringDecoder } from 'string_decoder';
import type { AbortSignal } from './abort.ts';
import { constants, INSPECT_MAX_BYTES, isUtf8, kMaxLength, LearnerBuffer, transcode } from './buffer.ts';
import {
  captureRejectionSymbol,
  errorMonitor,
  EventEmitter,
  getEventListeners,
  listenerCount,
  on,
  once,
  setMaxListeners,
} from './events.ts';
import { fs, promises as fsPromises } from './fs.ts';
import { PACKAGE_NAMES } from '../builtin-names.ts';
import { http } from './http.ts';
import { mask, unmask } from './masking.ts';
import { net } from './net.ts';
import { console } from './console.ts';
import { definePartModules } from './on-demand.ts';
import { nodeError } from './node-error.ts';
import { guestPerformance } from './performance.ts';
import { process } from './process.ts';
import * as querystring from './querystring.ts';
import { Readable, streamModule } from './stream.ts';
import * as timers from './timers.ts';
import { URL, URLSearchParams } from './url.ts';
import * as legacyUrl from './url-legacy.ts';
import * as util from './util.ts';
import { legacyChecks } from './util-legacy.ts';

const events = Object.assign(EventEmitter, {
  EventEmitter,
  once,
  on,
  errorMonitor,
  captureRejectionSymbol,
  getEventListeners,
  listenerCount,
  setMaxListeners,
  getMaxListeners: (emitter: EventEmitter): number => emitter.getMaxListeners(),
  addAbortListener,
  defaultMaxListeners: 10,
});

/** `events.addAbortListener`: heard once, and at once when it has happened. */
function addAbortListener(signal: AbortSignal, listener: () => void): { [Symbol.dispose](): void } {
  if (signal.aborted) queueMicrotask(listener);
  else signal.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) };
}

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);
const posix = { ...path, posix: path, win32: undefined };

const timersModule = {
  setTimeout: timers.setTimeout,
  clearTimeout: timers.clearTimeout,
  setInterval: timers.setInterval,
  clearInterval: timers.clearInterval,
  setImmediate: timers.setImmediate,
  clearImmediate: timers.clearImmediate,
  promises: timers.timersPromises,
};

export const builtins: Record<string, object> = {
  buffer: {
    Buffer: LearnerBuffer,
    constants,
    kMaxLength,
    kStringMaxLength: constants.MAX_STRING_LENGTH,
    INSPECT_MAX_BYTES,
    atob,
    btoa,
    isUtf8,
    isAscii,
    transcode,
  },
  console: { ...console, Console: undefined, default: console },
  events,
  fs,
  'fs/promises': fsPromises,
  http,
  net,
  path: posix,
  'path/posix': posix,
  perf_hooks: { performance: guestPerformance },
  process,
  querystring: { ...querystring },
  stream: streamModule,
  'stream/promises': streamModule.promises,
  string_decoder: { StringDecoder },
  timers: timersModule,
  'timers/promises': timers.timersPromises,
  tty: {
    isatty: (): boolean => false,
    ReadStream: streamModule.Readable,
    WriteStream: streamModule.Writable,
  },
  url: { URL, URLSearchParams, ...legacyUrl },
  util: { ...util, ...legacyChecks, promisify: util.promisify, inspect: util.inspect },
  'util/types': util.types,
};

definePartModules(builtins);

/** Nobody types into a lab: what reads finds the end. */
let stdin: object | undefined;
Object.defineProperty(process, 'stdin', {
  get: () => (stdin ??= Object.assign(Readable.from([]), { fd: 0, isTTY: false })),
  enumerable: true,
  configurable: true,
});

function withoutTls(name: string): () => never {
  return () => {
    throw nodeError(
      'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      `${name} is not available in a lab: its own ports speak plain http and ws.`,
    );
  };
}
/** What a package may require beyond what learners may: a helper, or named so that it loads, but of no use. */
const forPackages: Record<string, object> = {
  bufferutil: { mask, unmask },
  https: { get: withoutTls('https.get'), request: withoutTls('https.request') },
  tls: { connect: withoutTls('tls.connect') },
};

/** `require` inside the packages a lab offers. */
export function requireInPackage(id: string): unknown {
  const name = builtinName(id);
  if (name !== undefined) return builtins[name];
  if (Object.hasOwn(forPackages, id)) return forPackages[id];
  throw Object.assign(new Error(`Cannot find module '${id}'`), { code: 'MODULE_NOT_FOUND' });
}

/** The built-in module's name of a specifier, if it is one. */
export function builtinName(specifier: string): string | undefined {
  const isPrefixed = specifier.startsWith('node:');
  const name = isPrefixed ? specifier.slice(5) : specifier;
  if (isPrefixed && PACKAGE_NAMES.includes(name)) return undefined;
  return Object.hasOwn(builtins, name) ? name : undefined;
}
