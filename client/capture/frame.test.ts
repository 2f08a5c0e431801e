import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onEveryFrame, scheduleFrame } from './frame.ts';

let frames: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  frames = [];
});

function nextFrame(): void {
  for (const callback of frames.splice(0)) callback();
}

it('hands out what is new before those are called who draw it, in one callback', () => {
  const calls: string[] = [];
  const end = onEveryFrame(() => calls.push('draw'));
  scheduleFrame(() => calls.push('flush'));
  expect(frames).toHaveLength(1);
  nextFrame();
  nextFrame();
  end();
  nextFrame();
  expect(calls).toEqual(['flush', 'draw', 'draw']);
  expect(frames).toEqual([]);
});

it('does not wait for a frame that a hidden tab never gets', () => {
  const flush = vi.fn();
  scheduleFrame(flush);
  vi.runAllTimers();
  nextFrame();
  expect(flush).toHaveBeenCalledOnce();
});

it('does not call what was called off', () => {
  const flush = vi.fn();
  scheduleFrame(flush)();
  vi.runAllTimers();
  nextFrame();
  expect(flush).not.toHaveBeenCalled();
});
