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
import { createPageLoopGuard } from './loop-guard.ts';
import { createOrigins } from './origins.ts';
import { createOutbox } from './outbox.ts';
import { createSources } from './positions.ts';
import { createTasks } from './tasks.ts';
import type { Probe } from './probe.ts';
import { watchWindow } from './watch.ts';

const script = document.currentScript as HTMLScriptElement;
const { run = '0', app = '', origins: ports = '{}' } = script.dataset;
const href = location.href;
// The learner's page lives at `/`, and its document is its own.
history.replaceState(null, '', '/');
script.remove();

const tasks = createTasks();
const outbox = createOutbox({ run: Number(run), app, tasks });
const sources = createSources({ origin: location.origin, base: `/.lab/${run}/` });
const probe: Probe = { outbox, sources, tasks, now: () => performance.now(), nextCall: counter() };

outbox.emit({ type: 'ready', t: probe.now(), href });
outbox.flush();
const origins = createOrigins(location.origin, JSON.parse(ports) as Origins);
obeyCommands({ outbox, app, origins });
watchWindow(probe, window, { guard: createPageLoopGuard(probe), origins });

function counter(): () => number {
  let count = 0;
  return () => ++count;
}
