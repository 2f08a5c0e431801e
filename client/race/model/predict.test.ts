import { describe, expect, it } from 'vitest';
import { predict, type Situation } from './predict.ts';

const SITUATION: Situation = {
  latencyMs: 200,
  pollIntervalMs: 2_000,
  proxy: 'direct',
  cuts: [],
  began: -300,
  published: [1_000, 3_000, 5_000, 7_000],
  end: 10_000,
};

describe('a prediction', () => {
  it('of polling does not depend on where the polls fall', () => {
    const { medianMs, requests } = predict('polling', SITUATION)!;
    expect(medianMs).toBeGreaterThan(1_300);
    expect(medianMs).toBeLessThan(1_500);
    expect(requests).toBe(5);
  });

  it('of streams is the way alone', () => {
    for (const technique of ['sse', 'xhr-streaming', 'forever-iframe', 'websocket'] as const) {
      expect(predict(technique, SITUATION)).toEqual({ medianMs: 200, requests: 1 });
    }
  });

  it('counts a request for each answer that is held', () => {
    expect(predict('long-polling', SITUATION)).toEqual({ medianMs: 200, requests: 5 });
  });

  it('is not made where no formula holds', () => {
    expect(predict('sse', { ...SITUATION, proxy: 'buffering' })).toBeNull();
    expect(predict('websocket', { ...SITUATION, proxy: 'buffering' })).not.toBeNull();
    expect(predict('sse', { ...SITUATION, cuts: [1_000, 2_000] })).toBeNull();
    expect(predict('sse', { ...SITUATION, published: [] })).toBeNull();
  });

  it('has an event stream come back later than our own code', () => {
    const cut = { ...SITUATION, cuts: [2_990], published: [3_000] };
    expect(predict('sse', cut)!.medianMs).toBe(1_390);
    expect(predict('xhr-streaming', cut)!.medianMs).toBe(490);
  });
});
