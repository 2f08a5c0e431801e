import { describe, expect, it } from 'vitest';
import { bytes, count, digitsOf, milliseconds, seconds, shorten } from './format.ts';
import { gridSteps, niceStep, stepSpan } from './scale.ts';

describe('figures', () => {
  it('have thin spaces between thousands', () => {
    expect(['999', '1\u2009533', '1\u2009234\u2009567']).toEqual([999, 1_533, 1_234_567].map(count));
  });

  it('of delays are whole from 10 ms on and finer below', () => {
    expect([1_533.4, 10.4, 9.96, 2, 0.42, 0, -12].map(milliseconds)).toEqual([
      '1\u2009533',
      '10',
      '10',
      '2.0',
      '0.42',
      '0',
      '−12',
    ]);
  });

  it('of bytes are exact as long as they can be read', () => {
    expect(bytes(99_999)).toEqual({ amount: '99\u2009999', unit: 'B' });
    expect(bytes(100_400)).toEqual({ amount: '100', unit: 'kB' });
    expect(bytes(12_340_000)).toEqual({ amount: '12.3', unit: 'MB' });
  });

  it('of times have as many digits as the scale tells apart', () => {
    expect(seconds(4_334)).toBe('4.33');
    expect([1_000, 200, 50, 1].map(digitsOf)).toEqual([0, 1, 2, 3]);
  });

  it('are cut with an ellipsis', () => {
    expect(shorten('GET /messages', 6)).toBe('GET /…');
  });
});

describe('steps', () => {
  it('are 1, 2 or 5 times a power of ten', () => {
    expect([0.3, 1, 1.1, 4, 7, 180].map(niceStep)).toEqual([0.5, 1, 2, 5, 10, 200]);
  });

  it('divide the graticule into fourths or fifths', () => {
    expect(gridSteps(0.122)).toEqual({ major: 1_000, minor: 200 });
    expect(gridSteps(0.04)).toEqual({ major: 2_000, minor: 500 });
  });

  it('of the zoom lead from any span to the next one', () => {
    expect(stepSpan(7_000, 'in')).toBe(5_000);
    expect(stepSpan(7_000, 'out')).toBe(10_000);
    expect(stepSpan(5_000, 'in')).toBe(2_000);
  });
});
