import { expect, it } from 'vitest';
import { SegmentLog } from './segment-log.ts';

it('tells of a proxy only with what it was on the way of', () => {
  const log = new SegmentLog();
  log.add(0, 10, 1, true, false);
  log.arrivals.add(10, 2);
  log.add(10, 20, 3, true, false);
  log.atProxy.add(20, 4);
  log.leftProxy.add(20, 5);
  log.arrivals.add(20, 6);
  expect(log.within(0, 20).map(({ proxy }) => proxy)).toEqual([undefined, { reached: 4, left: 5 }]);
});
