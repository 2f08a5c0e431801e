/** `performance`: the clock from the start of the program, and User Timing marks, which the lab draws. */
import { DOMException } from './abort.ts';
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

/** The classes Node names these objects by. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- only its name is wanted
class PerformanceEntry {}
class PerformanceMark extends PerformanceEntry {}
class PerformanceMeasure extends PerformanceEntry {}

function entryOf(
  entryType: Entry['entryType'],
  name: string,
  startTime: number,
  duration: number,
  detail: unknown,
): Entry {
  const entry = entryType === 'mark' ? new PerformanceMark() : new PerformanceMeasure();
  return Object.assign(entry, { name: String(name), entryType, startTime, duration, detail: detail ?? null });
}

/** By start, as User Timing wants them. */
const inOrder = (found: Entry[]): Entry[] => found.slice().sort((a, b) => a.startTime - b.startTime);

function timeOf(mark: string | number): number {
  if (typeof mark === 'number') return mark;
  const found = entries.findLast((entry) => entry.name === mark && entry.entryType === 'mark');
  if (!found) throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  return found.startTime;
}

export const guestPerformance = {
  get timeOrigin(): number {
    return timeOrigin;
  },
  now: (): number => now() - startTime(),
  mark(name: string, options: { detail?: unknown; startTime?: number } = {}): Entry {
    const at = now();
    call({ op: 'mark', at, name: String(name), position: callSite(guestPerformance.mark) });
    return keep(entryOf('mark', name, options.startTime ?? at - startTime(), 0, options.detail));
  },
  measure(
    name: string,
    from?: string | { start?: string | number; end?: string | number; duration?: number; detail?: unknown },
    to?: string,
  ): Entry {
    const options = typeof from === 'object' ? from : { start: from, end: to };
    const ended = options.end === undefined ? guestPerformance.now() : timeOf(options.end);
    const began = options.start === undefined ? 0 : timeOf(options.start);
    const duration = 'duration' in options ? options.duration : undefined;
    return keep(
      entryOf(
        'measure',
        name,
        began,
        duration ?? ended - began,
        'detail' in options ? options.detail : undefined,
      ),
    );
  },
  getEntries: (): Entry[] => inOrder(entries),
  getEntriesByName: (name: string, type?: string): Entry[] =>
    inOrder(
      entries.filter((entry) => entry.name === name && (type === undefined || entry.entryType === type)),
    ),
  getEntriesByType: (type: string): Entry[] => inOrder(entries.filter((entry) => entry.entryType === type)),
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
  timerify: <T>(work: T): T => work,
  eventLoopUtilization: (): object => ({ idle: 0, active: 0, utilization: 0 }),
  toJSON: (): object => ({ timeOrigin }),
};
