/** Everything that is watched in one window. */
import { redirectAddresses } from './addresses.ts';
import { watchConsole } from './console.ts';
import { watchElements } from './elements.ts';
import { watchErrors } from './errors.ts';
import { watchEventSource } from './event-source.ts';
import { watchFetch } from './fetch.ts';
import type { LoopGuard } from './loop-guard.ts';
import { watchMarks } from './marks.ts';
import { watchMessageData } from './message-data.ts';
import type { KnownOrigins } from './origins.ts';
import type { PageWindow } from './page-window.ts';
import { createPageFunctions, type PageFunctions } from './page-functions.ts';
import type { Probe } from './probe.ts';
import { watchSending } from './sending.ts';
import { watchWebSocket } from './websocket.ts';
import { disguiseToString } from './wrap.ts';
import { watchXhr } from './xhr.ts';

/** What all windows of the page have in common. */
interface Shared {
  guard: LoopGuard;
  origins: KnownOrigins;
  functions: PageFunctions;
  isLearners(url: string): boolean;
  watch(page: PageWindow): void;
}

export interface WatchOptions {
  guard: LoopGuard;
  origins: KnownOrigins;
  /** Whether the learner's server is asked for an address, not the platform. */
  isLearners(url: string): boolean;
}

/**
 * Watches windows, each once. Documents that the learner's server sends into frames are never changed on their way;
 * their windows are watched from outside: the first document of a frame gets the window that the empty frame had
 * (HTML §7.3.2.1), which is watched when the frame appears, before a script of it can run. What comes later into the
 * same frame is watched from its `load` on.
 */
export function createWatch(probe: Probe, options: WatchOptions): (page: PageWindow) => void {
  const functions = createPageFunctions();
  /** By their `Function`: the window proxy of a frame stays the same for all its documents. */
  const watched = new WeakSet<object>();
  function watch(page: PageWindow): void {
    if (watched.has(page.Function)) return;
    watched.add(page.Function);
    watchWindow(probe, page, { ...options, functions, watch });
  }
  return watch;
}

function watchWindow(probe: Probe, page: PageWindow, shared: Shared): void {
  const { guard, origins, functions, isLearners, watch } = shared;
  guard.install(page);
  watchErrors(probe, page, guard.told);
  watchConsole(probe, page);
  watchMarks(probe, page);
  watchFetch(probe, page);
  watchXhr(probe, page);
  const messageData = watchMessageData(probe.sources, page);
  watchWebSocket(probe, page, messageData);
  watchEventSource(probe, page, messageData);
  watchSending(probe, page);
  watchElements(probe, page, { functions, isLearners, framed: watch });
  // Over all that: what is told has the real addresses.
  redirectAddresses(page, origins.real);
  origins.expose(page);
  functions.know(page);
  disguiseToString(page);
}
