import { digitsOf } from '../format.ts';
import { gridSteps } from '../scale.ts';
import { type Frame, xOf } from './frame.ts';

export interface Tick {
  x: number;
  major: boolean;
  /** On major ticks from 0 on. */
  label: string | null;
}

/** The graticule: lines by 1-2-5 steps, sharp on whole pixels. */
export function layoutGrid(frame: Frame): Tick[] {
  const { major, minor } = gridSteps(frame.pxPerMs);
  const every = Math.round(major / minor);
  const digits = digitsOf(major);
  const ticks: Tick[] = [];
  for (let k = Math.ceil(frame.from / minor); k * minor <= frame.to; k++) {
    const isMajor = k % every === 0;
    const label = isMajor && k >= 0 ? (k === 0 ? '0 s' : ((k * minor) / 1000).toFixed(digits)) : null;
    ticks.push({ x: Math.round(xOf(frame, k * minor)) + 0.5, major: isMajor, label });
  }
  return ticks;
}
