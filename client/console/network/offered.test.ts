import { expect, it } from 'vitest';
import { bandwidthText, bufferText } from './offered.ts';

it('writes bandwidths in SI units and buffers in binary ones', () => {
  expect([5000, 200_000, 1_500_000].map(bandwidthText)).toEqual(['5 kB/s', '200 kB/s', '1.5 MB/s']);
  expect([512, 1024, 1536, 32_768].map(bufferText)).toEqual(['512 B', '1 KiB', '1.5 KiB', '32 KiB']);
});
