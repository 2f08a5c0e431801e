import { describe, expect, it } from 'vitest';
import { dueOf } from './planned-cut.ts';

describe('the cut that a lesson asks for', () => {
  it('comes when the lesson says, where the page is there in time', () => {
    expect(dueOf(3_120, 400)).toBe(3_120);
    expect(dueOf(3_120, 1_620)).toBe(3_120);
  });

  it('comes whole seconds later where the page is late', () => {
    expect(dueOf(3_120, 1_621)).toBe(4_120);
    expect(dueOf(3_120, 4_590)).toBe(6_120);
  });
});
