import { expect, it } from 'vitest';
import { parseCutTime } from './cut-time.ts';

it('takes seconds with a point or a comma and refuses anything else', () => {
  expect(['3', ' 3.12 ', '0,5', '0'].map(parseCutTime)).toEqual([3000, 3120, 500, 0]);
  expect(['', '-1', 'soon', '1e999'].map(parseCutTime)).toEqual([null, null, null, null]);
});
