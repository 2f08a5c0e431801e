/** The modules a lab offers, by the name a program requires. */
import path from 'path-browserify';
import { StringDecoder } from 'string_decoder';
import { LearnerBuffer, constants, INSPECT_MAX_BYTES, kMaxLength } from './buffer.ts';
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
import { http } from './http.ts';
import { net } from './net.ts';
import { console } from './console.ts';
import { definePartModules } from './on-demand.ts';
import { guestPerformance } from './performance.ts';
import { process } from './process.ts';
import * as querystring from './querystring.ts';
import { streamModule } from './stream.ts';
import { TextDecoder } from './text-coding.ts';
import * as timers from './timers.ts';
import { URL, URLSearchParams } from './url.ts';
import * as legacyUrl from './url-legacy.ts';
import * as util from './util.ts';

const events = Object.assign(EventEmitter, {
  EventEmitter,
  once,
  on,
  errorMonitor,
  captureRejectionSymbol,
  getEventListeners,
  listenerCount,
  setMaxListeners,
  defaultMaxListeners: 10,
});

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);
const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

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
  buffer: { Buffer: LearnerBuffer, constants, kMaxLength, INSPECT_MAX_BYTES, atob, btoa, isUtf8, isAscii },
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
  url: { URL, URLSearchParams, ...legacyUrl },
  util: { ...util, promisify: util.promisify, inspect: util.inspect },
  'util/types': util.types,
};

definePartModules(builtins);

/** The built-in module's name of a specifier, if it is one. */
export function builtinName(specifier: string): string | undefined {
  const name = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  return Object.hasOwn(builtins, name) ? name : undefined;
}
