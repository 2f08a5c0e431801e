import { TECHNIQUES, type Technique } from '#protocol/chat';
import type { Conditions } from '#protocol/telemetry';
import type { ScheduleKind } from './schedule.ts';

/** What a race is run with. */
export interface RaceSettings {
  /** Two to eight, in the order of the tracks. */
  techniques: Technique[];
  /** One way, ms. */
  latencyMs: number;
  /** Between an answer and the next poll, ms. */
  pollIntervalMs: number;
  proxy: Conditions['proxy'];
  schedule: ScheduleKind;
  /** How many messages, unless they are typed. */
  messages: number;
  /** The time they spread over, ms; of typed ones the most it may take. */
  spanMs: number;
  /** The same seed makes the same schedule. */
  seed: number;
  /** Cuts every connection at this time, ms; null: no cut. */
  cutAtMs: number | null;
  /** `each`: every technique has an origin of its own; `one`: they share one, and with it the browser's limit. */
  origins: 'each' | 'one';
}

const FEWEST_TECHNIQUES = 2;
const MOST_TECHNIQUES = 8;

export const DEFAULT_SETTINGS: RaceSettings = {
  techniques: ['polling', 'long-polling', 'xhr-streaming', 'sse', 'websocket'],
  latencyMs: 200,
  pollIntervalMs: 2_000,
  proxy: 'direct',
  schedule: 'bursts',
  messages: 10,
  spanMs: 10_000,
  seed: 1,
  cutAtMs: null,
  origins: 'each',
};

/** What the controls offer. */
export const CHOICES = {
  latencyMs: [0, 20, 50, 100, 200, 400, 800],
  pollIntervalMs: [200, 500, 1_000, 2_000, 5_000],
  proxy: ['direct', 'buffering', 'idle-timeout'],
  schedule: ['steady', 'random', 'bursts', 'silence', 'typed'],
  messages: [4, 10, 20, 40],
  // The longest has a minute of silence in the middle (`silence`), in which streams give their signs of life.
  spanMs: [5_000, 10_000, 20_000, 40_000, 90_000],
  cutAtMs: [null, 2_000, 4_000, 6_000],
  origins: ['each', 'one'],
} as const satisfies { [Name in keyof RaceSettings]?: readonly RaceSettings[Name][] };

/** Settings that an earlier visit kept, as far as they are still understood. */
export function settingsFrom(kept: Partial<RaceSettings>): RaceSettings {
  const all = { ...DEFAULT_SETTINGS, ...kept };
  const techniques = [...new Set(all.techniques)].filter((each) => TECHNIQUES.includes(each));
  return isCount(techniques.length)
    ? { ...all, techniques }
    : { ...all, techniques: DEFAULT_SETTINGS.techniques };
}

/** Whether a race can be run with so many techniques. */
export function isCount(techniques: number): boolean {
  return techniques >= FEWEST_TECHNIQUES && techniques <= MOST_TECHNIQUES;
}
