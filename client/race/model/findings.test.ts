import { describe, expect, it } from 'vitest';
import { findingsOf } from './findings.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { resultFor, trackFor } from './test-result.ts';

const kinds = (...args: Parameters<typeof findingsOf>) => findingsOf(...args).map(({ kind }) => kind);

describe('findings', () => {
  it('say nothing of a race without messages', () => {
    expect(findingsOf(resultFor([], [trackFor('sse', [])]))).toEqual([]);
  });

  it('name the messages that came while no request was held', () => {
    const exchange = (sent: number, answered: number) => ({
      ...{ sent, reached: sent + 200, answered, ended: answered, socket: false },
    });
    const held = trackFor('long-polling', [1_200, 1_600, 3_200], {
      exchanges: [exchange(-300, 1_000), exchange(1_200, 1_400), exchange(1_600, 3_000)],
    });
    expect(findingsOf(resultFor([1_000, 1_100, 3_000], [held]))).toEqual([{ kind: 'bursts', numbers: [2] }]);
  });

  it('call streams a tie only when they are', () => {
    const fast = trackFor('sse', [1_200, 2_200]);
    expect(kinds(resultFor([1_000, 2_000], [fast, trackFor('websocket', [1_205, 2_204])]))).toEqual(['tie']);
    expect(kinds(resultFor([1_000, 2_000], [fast, trackFor('websocket', [1_400, 2_400])]))).toEqual([]);
  });

  it('name who was silenced by a proxy, and who never left the browser', () => {
    const settings = { ...DEFAULT_SETTINGS, proxy: 'buffering' as const };
    const tracks = [
      trackFor('sse', [null]),
      trackFor('websocket', [1_200]),
      trackFor('cors', [null], { state: 'blocked', bytes: 0 }),
    ];
    expect(findingsOf(resultFor([1_000], tracks, { settings })).slice(0, 2)).toEqual([
      { kind: 'blocked', techniques: ['cors'] },
      { kind: 'held-back', techniques: ['sse'] },
    ]);
  });

  it('tell the longest wait after a cut', () => {
    const tracks = [
      trackFor('sse', [2_400], { cuts: [990] }),
      trackFor('websocket', [1_500], { cuts: [990] }),
    ];
    expect(findingsOf(resultFor([1_000], tracks))[0]).toEqual({
      kind: 'cut',
      techniques: ['sse', 'websocket'],
      longestMs: 1_400,
    });
  });
});
