/** Everything that is watched in one window. */
import { redirectAddresses } from './addresses.ts';
import { watchConsole } from './console.ts';
import { watchErrors } from './errors.ts';
import { watchEventSource } from './event-source.ts';
import { watchFetch } from './fetch.ts';
import type { LoopGuard } from './loop-guard.ts';
import { watchMarks } from './marks.ts';
import { watchMessageData } from './message-data.ts';
import type { KnownOrigins } from './origins.ts';
import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';
import { watchWebSocket } from './websocket.ts';
import { disguiseToString } from './wrap.ts';
import { watchXhr } from './xhr.ts';

/** What all windows of the page have in common. */
interface Shared {
  guard: LoopGuard;
  origins: KnownOrigins;
}

export function watchWindow(probe: Probe, page: PageWindow, { guard, origins }: Shared): void {
  guard.install(page);
  watchErrors(probe, page, guard.told);
  watchConsole(probe, page);
  watchMarks(probe, page);
  watchFetch(probe, page);
  watchXhr(probe, page);
  const messageData = watchMessageData(probe.sources, page);
  watchWebSocket(probe, page, messageData);
  watchEventSource(probe, page, messageData);
  // Over all that: what is told has the real addresses.
  redirectAddresses(page, origins.real);
  origins.expose(page);
  disguiseToString(page);
}
