import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';

/** What the emulation of an old browser (`client/stage/legacy`) is handed by the runtime, which runs before it. */
export interface HandOver {
  probe: Probe;
  /** Watches a window, once: before anything is hidden in it. */
  watch(page: PageWindow): void;
  /** Where an address that names a port of the lab really is. */
  real(url: string): string;
  /** Where a document of another origin of the lab is opened with the emulation in it; null for any other address. */
  framed(url: string): string | null;
  /** Path on its origin of the document that this one is to become; null for one that is what it is. */
  becomes: string | null;
  /** The page's own fetch, not watched: the emulation tells of its requests itself. */
  fetch: typeof fetch;
}

const NAME = '__labHandOver';

type Holder = Window & { [NAME]?: HandOver };

/** Leaves it for the emulation's script, the next to run. */
export function handOver(page: Window, value: HandOver): void {
  Object.defineProperty(page, NAME, { value, configurable: true });
}

/** Takes it away, so that the learner's code finds no trace; undefined when there is none. */
export function takeOver(page: Window): HandOver | undefined {
  const value = (page as Holder)[NAME];
  Reflect.deleteProperty(page, NAME);
  return value;
}
