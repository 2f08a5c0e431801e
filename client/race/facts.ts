import type { RaceFacts } from '../../lessons/index.ts';
import { median } from '../capture/index.ts';
import { delaysOf, type RaceResult } from './model/result.ts';

/** A race in the words that lessons judge by. */
export function raceFactsOf({ settings, messages, tracks }: RaceResult): RaceFacts {
  const { latencyMs, pollIntervalMs, proxy, schedule, origins } = settings;
  return {
    latencyMs,
    pollIntervalMs,
    proxy,
    schedule,
    oneOrigin: origins === 'one',
    published: messages.filter(({ published }) => published !== null).length,
    lanes: tracks.map((track) => {
      const delays = delaysOf(track, messages);
      return {
        technique: track.technique,
        arrived: delays.length,
        medianMs: median(delays),
        longestMs: delays.length > 0 ? Math.max(...delays) : null,
        formulaMs: track.prediction?.medianMs ?? null,
        requests: track.requests,
        empty: track.strokes.filter(({ empty }) => empty).length,
        bytes: track.bytes,
        data: track.data,
        cuts: track.cuts.length,
        blocked: track.state === 'blocked',
      };
    }),
  };
}
