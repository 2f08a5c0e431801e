/** What an application needs, as far as it decides the technique. */
export interface Needs {
  /** News for the page only, or both ways. */
  direction: 'down' | 'both';
  rate: 'rare' | 'some' | 'many';
  /** How old news may be. */
  age: 'moment' | 'seconds' | 'minute';
  /** Between server and users: known to pass everything on, or nobody knows. */
  proxies: 'clear' | 'unknown';
  /** The oldest browser. */
  legacy: 'today' | 'ie-8' | 'ie-6';
  power: 'mains' | 'battery';
}

export const NEEDS = {
  direction: ['down', 'both'],
  rate: ['rare', 'some', 'many'],
  age: ['moment', 'seconds', 'minute'],
  proxies: ['clear', 'unknown'],
  legacy: ['today', 'ie-8', 'ie-6'],
  power: ['mains', 'battery'],
} as const satisfies { [Name in keyof Needs]: readonly Needs[Name][] };

export const USUAL_NEEDS: Needs = {
  direction: 'down',
  rate: 'some',
  age: 'moment',
  proxies: 'clear',
  legacy: 'today',
  power: 'mains',
};

/** Messages in a day. */
export const PER_DAY: Record<Needs['rate'], number> = { rare: 24, some: 1_440, many: 432_000 };

/** What "how old" means, ms. */
export const OLDEST_MS: Record<Needs['age'], number> = { moment: 1_000, seconds: 10_000, minute: 60_000 };
