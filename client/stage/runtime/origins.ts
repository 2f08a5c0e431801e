import { realAddress, type Origins } from '#labs/addresses';
import type { PageWindow } from './page-window.ts';

/** The real origins of the lab's ports, as far as the page knows them. */
export interface KnownOrigins {
  real(url: string): string;
  /** Whether it is an address of another origin of the lab. */
  has(url: string): boolean;
  /** A port was opened while the page ran. */
  add(origins: Origins): void;
  /** Defines `lab`, documented for learners in `client/editor/language/page-declarations.ts`. It may be redeclared. */
  expose(page: PageWindow): void;
}

export function createOrigins(own: string, first: Origins): KnownOrigins {
  const origins: Record<number, string> = { ...first };
  const lab = Object.freeze({ origins });
  return {
    real: (url) => realAddress(url, origins, own),
    has: (url) => {
      const at = originOf(url);
      return at !== own && Object.values(origins).some((known) => originOf(known) === at);
    },
    add: (more) => void Object.assign(origins, more),
    expose(page) {
      Object.defineProperty(page, 'lab', {
        value: lab,
        configurable: true,
        enumerable: false,
        writable: true,
      });
    },
  };
}

/** Null for what is no address. */
function originOf(url: string): string | null {
  try {
    return new URL(url).origin;
  } catch {
    return null;
  }
}
