import { describe, expect, it } from 'vitest';
import { resultFor, trackFor } from '../model/test-result.ts';
import { assess } from './assess.ts';
import { NEEDS, USUAL_NEEDS, type Needs } from './needs.ts';

const best = (needs: Partial<Needs>, result = measured) =>
  assess({ ...USUAL_NEEDS, ...needs }, result).filter(({ score }) => score !== null)[0]!.technique;

const measured = resultFor(
  [1_000, 2_000],
  [
    trackFor('polling', [2_400, 3_400], { oneMore: 140, silentMinute: 23_000 }),
    trackFor('long-polling', [1_200, 2_200], { oneMore: 1_000, silentMinute: 2_000 }),
    trackFor('sse', [1_200, 2_200]),
    trackFor('websocket', [1_200, 2_200]),
  ],
);

describe('choosing', () => {
  it('takes what fits the needs best', () => {
    expect(best({})).toBe('sse');
    expect(best({ direction: 'both' })).toBe('websocket');
    expect(best({ direction: 'both', rate: 'many' })).toBe('websocket');
    expect(best({ age: 'minute', rate: 'some' })).toBe('polling');
    expect(best({ proxies: 'unknown' })).toBe('long-polling');
    expect(best({ legacy: 'ie-6' })).not.toBe('websocket');
  });

  it('claims nothing to be soon that was measured to be late', () => {
    const far = resultFor([1_000], [trackFor('sse', [3_000]), trackFor('polling', [4_500])]);
    const of = (technique: string) =>
      assess(USUAL_NEEDS, far)
        .find((each) => each.technique === technique)!
        .reasons.map(({ rule }) => rule);
    expect(of('sse')).toContain('measured-late');
    expect(of('sse')).not.toContain('soon');
    expect(of('websocket')).toContain('soon');
    expect(best({}, far)).not.toBe('polling');
  });

  it('never proposes what the oldest browser has not', () => {
    for (const technique of ['websocket', 'sse', 'xhr-streaming', 'cors', 'xdomainrequest'] as const) {
      const found = assess({ ...USUAL_NEEDS, legacy: 'ie-6' }, null).find(
        (each) => each.technique === technique,
      )!;
      expect(found.score).toBeNull();
    }
  });

  it('proposes something, with a reason, whatever is needed and whether it was measured', () => {
    const all = (Object.keys(NEEDS) as (keyof Needs)[]).reduce<Needs[]>(
      (some, name) => some.flatMap((needs) => NEEDS[name].map((value) => ({ ...needs, [name]: value }))),
      [USUAL_NEEDS],
    );
    expect(all).toHaveLength(216);
    for (const needs of all) {
      for (const result of [null, measured]) {
        const [first] = assess(needs, result);
        expect(first!.score).not.toBeNull();
        expect(first!.reasons.length, JSON.stringify(needs)).toBeGreaterThan(0);
      }
    }
  });

  it('follows what was measured', () => {
    const late = resultFor([1_000], [trackFor('polling', [21_000])]);
    const polling = assess({ ...USUAL_NEEDS, age: 'seconds' }, late).find(
      ({ technique }) => technique === 'polling',
    )!;
    expect(polling.reasons).toContainEqual({ rule: 'measured-late', weight: -4, values: { ms: 20_000 } });
    const silenced = resultFor([1_000], [trackFor('sse', [null])]);
    const sse = assess({ ...USUAL_NEEDS, proxies: 'unknown' }, silenced).find(
      ({ technique }) => technique === 'sse',
    )!;
    expect(sse.score).toBeNull();
  });

  it('counts the bytes of a day from messages and silence', () => {
    const sse = assess(USUAL_NEEDS, measured).find(({ technique }) => technique === 'sse')!;
    expect(sse.bytesPerDay).toBe(1_440 * 130 + 1_440 * 120);
  });
});
