/** Results for tests. */
import type { Technique } from '#protocol/chat';
import type { RaceResult, Track } from './result.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

export function trackFor(
  technique: Technique,
  handled: (number | null)[],
  change: Partial<Track> = {},
): Track {
  return {
    technique,
    state: 'open',
    strokes: [],
    exchanges: [],
    cuts: [],
    handled,
    requests: 1,
    bytes: 1_000,
    data: 400,
    oneMore: 130,
    silentMinute: 120,
    quiet: { ms: 6_100, bytes: 240 },
    prediction: { medianMs: 200, requests: 1 },
    clockErrorMs: 0.2,
    ...change,
  };
}

/** Messages are published at these times. */
export function resultFor(
  published: (number | null)[],
  tracks: Track[],
  change: Partial<RaceResult> = {},
): RaceResult {
  return {
    settings: { ...DEFAULT_SETTINGS, techniques: tracks.map(({ technique }) => technique) },
    startedAt: 1_700_000_000_000,
    status: 'finished',
    from: -300,
    now: 10_000,
    to: 10_000,
    messages: published.map((at, index) => ({
      text: `message ${index + 1}`,
      planned: at ?? 0,
      published: at,
    })),
    tracks,
    ...change,
  };
}
