import type { HandOver } from '../runtime/hand-over.ts';
import type { PageWindow } from '../runtime/page-window.ts';
import type { Connections } from './connections.ts';
import type { Browser } from './profiles.ts';

/** What all windows of one emulated page have in common. */
export interface Emulation extends HandOver {
  browser: Browser;
  /** Null where the limit of the browser of today holds. */
  connections: Connections | null;
  /** Of the page's own window, kept before they are hidden. */
  natives: Pick<PageWindow, 'AbortController' | 'MutationObserver' | 'TextDecoder'>;
  /** Puts the emulation into a window, once; not into one of another origin. */
  apply(page: Window | null): void;
}

/** The window when its scripts are of our origin; a frame of another origin is out of reach. */
export function accessibleWindow(page: Window | null): PageWindow | null {
  try {
    return page && (page as PageWindow).Object ? (page as PageWindow) : null;
  } catch {
    return null; // SecurityError: it is of another origin.
  }
}
