import { beforeEach, describe, expect, it, vi } from 'vitest';
import { findLesson } from '../../lessons/index.ts';
import { lastPlace, progressOf, useProgress } from './progress.ts';

// The door of `client/ui` asks the window for its theme; progress wants only what is kept.
vi.mock('../ui/index.ts', () => ({
  stored: (_key: string, fallback: unknown) => fallback,
  store: () => undefined,
}));

const lesson = () => progressOf(useProgress.getState(), 'polling');

beforeEach(() => useProgress.setState({ lessons: {}, last: null }));

describe('progress', () => {
  it('begins at the first step of the first lesson', () => {
    expect(lastPlace()).toBe('/lessons/request-response/1');
  });

  it('leads back to the step last opened', () => {
    useProgress.getState().visit('polling', 4);
    expect(lastPlace()).toBe('/lessons/polling/4');
  });

  it('leads to the last step when the lesson has become shorter', () => {
    useProgress.getState().visit('polling', 99);
    expect(lastPlace()).toBe(`/lessons/polling/${findLesson('polling')!.steps}`);
  });

  it('leads to a lesson that exists when the last one was removed', () => {
    useProgress.getState().visit('gone', 2);
    expect(lastPlace()).toBe('/lessons/request-response/1');
  });

  it('keeps answers and finished steps apart, each once', () => {
    const { answer, finish } = useProgress.getState();
    answer('polling', 'run-it', 'at-once');
    answer('polling', 'run-it', 'next-request');
    finish('polling', 'run-it');
    finish('polling', 'run-it');
    expect(lesson()).toEqual({ step: 1, answers: { 'run-it': 'next-request' }, done: ['run-it'] });
  });
});
