import { describe, expect, it } from 'vitest';
import { clockTime, gapTime, rowTime } from './times.ts';

describe('times of the console', () => {
  it('keep a row time within five characters', () => {
    expect([0, 4532, 99_994, 99_996, 123_456, 999_960, 3_600_000].map(rowTime)).toEqual([
      '0.00',
      '4.53',
      '99.99',
      '100.0',
      '123.5',
      '1000',
      '3600',
    ]);
  });

  it('never show a clock ahead of the time', () => {
    expect(clockTime(6129)).toBe('0:06.12');
    expect(clockTime(59_999)).toBe('0:59.99');
    expect(clockTime(60_000)).toBe('1:00.00');
    expect(clockTime(3_725_040)).toBe('62:05.04');
  });

  it('read a time before the start, which a clock error can make, as the start', () => {
    expect([clockTime(-3), rowTime(-3), gapTime(-3)]).toEqual(['0:00.00', '0.00', '0.0']);
  });
});
