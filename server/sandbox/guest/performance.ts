/** `performance`: the clock from the start of the program, and User Timing marks, which the lab draws. */
import { call, now } from './bridge.ts';
import { callSite } from './positions.ts';
import { startTime } from './process.ts';

interface Entry {
  name: string;
  entryType: 'mark' | 'measure';
  startTime: number;
  duration: number;
  detail: unknown;
}

/** Kept for `getEntries`; older ones make room. */
const MOST_ENTRIES = 1_000;
let entries: Entry[] = [];
let timeOrigin = 0;

export function bootPerformance(): void {
  timeOrigin = Date.now();
}

function keep(entry: Entry): Entry {
  entries.push(entry);
  if (entries.length > MOST_ENTRIES) entries.shift();
  return entry;
}

export const guestPerformance = {
  get timeOrigin(): number {
    return timeOrigin;
  },
  now: (): number => now() - startTime(),
  mark(name: string, options: { detail?: unknown; startTime?: number } = {}): Entry {
    const at = now();
    call({ op: 'mark', at, name: String(name), position: callSite(guestPerformance.mark) });
    return keep({
      name: String(name),
      entryType: 'mark',
      startTime: options.startTime ?? at - startTime(),
      duration: 0,
      detail: options.detail ?? null,
    });
  },
  measure(name: string, from?: string, to?: string): Entry {
    const at = (mark: string | undefined, otherwise: number): number =>
      mark === undefined
        ? otherwise
        : (entries.findLast((entry) => entry.name === mark)?.startTime ?? otherwise);
    const began = at(from, 0);
    const ended = at(to, guestPerformance.now());
    return keep({
      name: String(name),
      entryType: 'measure',
      startTime: began,
      duration: ended - began,
      detail: null,
    });
  },
  getEntries: (): Entry[] => entries.slice(),
  getEntriesByName: (name: string): Entry[] => entries.filter((entry) => entry.name === name),
  getEntriesByType: (type: string): Entry[] => entries.filter((entry) => entry.entryType === type),
  clearMarks(name?: string): void {
    entries = entries.filter(
      (entry) => entry.entryType !== 'mark' || (name !== undefined && entry.name !== name),
    );
  },
  clearMeasures(name?: string): void {
    entries = entries.filter(
      (entry) => entry.entryType !== 'measure' || (name !== undefined && entry.name !== name),
    );
  },
  toJSON: (): object => ({ timeOrigin }),
};
