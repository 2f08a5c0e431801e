import { describe, expect, it } from 'vitest';
import { nextLatency, parseLatency } from './latency.ts';

describe('latency', () => {
  it('steps through the presets and stops at both ends', () => {
    expect([nextLatency(0, 1), nextLatency(200, 1), nextLatency(1000, 1)]).toEqual([20, 500, 1000]);
    expect([nextLatency(1000, -1), nextLatency(20, -1), nextLatency(0, -1)]).toEqual([500, 0, 0]);
  });

  it('steps from a custom delay to its neighbours', () => {
    expect([nextLatency(70, 1), nextLatency(70, -1), nextLatency(4000, 1), nextLatency(4000, -1)]).toEqual([
      100, 50, 4000, 1000,
    ]);
  });

  it('takes typed numbers within the bounds and refuses anything else', () => {
    expect([' 35 ', '0', '12.6', '1,5', '10000'].map(parseLatency)).toEqual([35, 0, 13, 2, 10_000]);
    expect(['', 'fast', '-1', '10001', 'Infinity', '1e9'].map(parseLatency)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
