import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RunFileHeader } from './format.ts';
import { createRecorder } from './recorder.ts';

const HEADER = { lesson: 'polling' } as RunFileHeader;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function recorder() {
  const worker = { postMessage: vi.fn(), addEventListener: vi.fn(), terminate: vi.fn() };
  const posted = (): unknown[] => worker.postMessage.mock.calls.map(([message]) => message as unknown);
  return { ...createRecorder(worker), posted };
}

it('tells the worker ten times a second of what is told all the time, line by line', () => {
  const { begin, add, posted } = recorder();
  begin(HEADER);
  for (let n = 0; n < 50; n++) {
    add({ lost: n }, n);
    vi.advanceTimersByTime(2);
  }
  expect(posted()).toHaveLength(2);
  vi.advanceTimersByTime(100);
  const text = Array.from({ length: 50 }, (_, n) => `{"lost":${n}}`).join('\n');
  expect(posted()).toEqual([
    { type: 'begin', header: HEADER },
    { type: 'add', text, t: 0 },
  ]);
});

it('has all lines in the file that is asked for, and those of the next run in that one', () => {
  const { begin, add, file, posted } = recorder();
  add({ lost: 1 }, 7);
  void file();
  add({ lost: 2 }, 8);
  begin(HEADER);
  add({ lost: 3 }, 9);
  vi.advanceTimersByTime(1_000);
  expect(posted()).toEqual([
    { type: 'add', text: '{"lost":1}', t: 7 },
    { type: 'file', id: 1 },
    { type: 'begin', header: HEADER },
    { type: 'add', text: '{"lost":3}', t: 9 },
  ]);
});

it('does not keep a flood for the next tick', () => {
  const { add, posted } = recorder();
  for (let n = 0; n < 20; n++)
    add({ pageEvents: [{ type: 'mark', t: n, name: 'x'.repeat(30_000) }], run: 1, page: null }, n);
  expect(posted().length).toBeGreaterThanOrEqual(2);
});
