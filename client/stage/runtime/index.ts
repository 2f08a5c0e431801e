/**
 * Runs in the learner's page before anything else, and tells the app what the page does.
 *
 * In: the page's own calls (console, errors, performance.mark, and what the network is called with) and pings.
 * Out: `PageMessage`s to the parent window, one per task; `__labLoop`, the guard in every loop.
 * Knows nothing of React, of labs, or of how anything is drawn. What it wraps behaves as before: same
 * prototypes, same results, no request more or less.
 */
import type { Origins } from '#labs/addresses';
import { obeyCommands } from './commands.ts';
import { handOver } from './hand-over.ts';
import { createPageLoopGuard } from './loop-guard.ts';
import { createOrigins } from './origins.ts';
import { createOutbox } from './outbox.ts';
import type { PageWindow } from './page-window.ts';
import { createSources, pathOf } from './positions.ts';
import { createTasks } from './tasks.ts';
import type { Probe } from './probe.ts';
import { createWatch } from './watch.ts';

/** Where a window keeps what watches the frames in it. */
const RUNTIME: unique symbol = Symbol.for('switching-protocols/runtime') as never;

const script = document.currentScript as HTMLScriptElement;
const { run = '0', app = '', origins: ports = '{}', profile, frame } = script.dataset;
const { href, origin, pathname, search, hash } = location;
const base = `/.lab/${run}/`;
const file = decodeURIComponent(pathname.slice(base.length)) || 'index.html';
/** Of a frame that the emulation opened: the path of the document that it is to become. */
const becomes = frame === undefined ? null : new URLSearchParams(search).get('path');
// The learner's page lives at `/`, and its document is its own.
history.replaceState(null, '', becomes === null ? pathOf(file) : new URL(becomes + hash, origin));
script.remove();

const around = runtimeAround();
if (around) around(window as PageWindow);
else begin();

function begin(): void {
  const now = (): number => performance.now();
  const tasks = createTasks();
  const outbox = createOutbox({
    run: Number(run),
    app,
    tasks,
    // Around a frame of another origin is the learner's page, which is told nothing.
    ...(becomes !== null && { target: null }),
  });
  const sources = createSources({ origin, base, document: file, now });
  const origins = createOrigins(origin, JSON.parse(ports) as Origins);
  const probe: Probe = { outbox, sources, tasks, now, gates: new WeakMap(), nextCall: counter() };

  outbox.emit({ type: 'ready', t: now(), href });
  outbox.flush();
  window.addEventListener('pagehide', outbox.flush);
  obeyCommands({ outbox, app, origins });
  const isLearners = (url: string): boolean => !url.startsWith(origin + base);
  const watch = createWatch(probe, { guard: createPageLoopGuard(probe), origins, isLearners });
  if (profile) {
    handOver(window, {
      probe,
      watch,
      real: origins.real,
      framed: (url) => (origins.has(url) ? framed(url) : null),
      becomes,
      fetch: window.fetch.bind(window),
    });
  }
  watch(window as PageWindow);
  Object.defineProperty(window, RUNTIME, { value: watch });
}

/** Where a document of another origin of the lab is opened with the emulation in it. */
function framed(address: string): string {
  const url = new URL(address);
  return `${url.origin}${base}frame?path=${encodeURIComponent(url.pathname + url.search)}${url.hash}`;
}

/** A document of the lab in a frame of the learner's page is watched by the page's runtime. */
function runtimeAround(): ((page: PageWindow) => void) | undefined {
  try {
    return parent === window ? undefined : (parent as { [RUNTIME]?: (page: PageWindow) => void })[RUNTIME];
  } catch {
    return undefined; // The app around the page, which is of another origin.
  }
}

function counter(): () => number {
  let count = 0;
  return () => ++count;
}
