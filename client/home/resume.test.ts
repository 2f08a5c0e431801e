import { describe, expect, it } from 'vitest';
import type { CourseEntry } from '../../lessons/index.ts';
import { whereToGo } from './resume.ts';
import { countDone, standingOf, stepOf, type Taken } from './standing.ts';

const entry = (id: string, steps: number): CourseEntry => ({
  id,
  group: 'pull',
  title: { en: id, 'zh-CN': id },
  minutes: 10,
  steps,
});

const [one, two, three] = [entry('one', 2), entry('two', 3), entry('three', 1)];
const course = [one, two, three];

const taken = (last: string | null, lessons: Taken['lessons'] = {}): Taken => ({ last, lessons });
const done = (step: number, count: number) => ({
  step,
  done: Array.from({ length: count }, (_, index) => `step-${index}`),
});

describe('where a learner goes on', () => {
  it('is the first lesson when nothing was opened', () => {
    expect(whereToGo(course, taken(null))).toEqual({ why: 'begin', lesson: one, order: 0, step: 1 });
  });

  it('is the step last opened', () => {
    const resume = whereToGo(course, taken('two', { one: done(2, 2), two: done(2, 1) }));
    expect(resume).toEqual({ why: 'stopped', lesson: two, order: 1, step: 2 });
  });

  it('is the next lesson once the last is done and was left at its end', () => {
    expect(whereToGo(course, taken('one', { one: done(2, 2) }))).toEqual({
      why: 'next',
      lesson: two,
      order: 1,
      step: 1,
    });
  });

  it('stays in a lesson that is done and was opened again in the middle', () => {
    expect(whereToGo(course, taken('one', { one: done(1, 2) })).why).toBe('stopped');
  });

  it('goes back to what was left out when nothing follows', () => {
    const resume = whereToGo(course, taken('three', { three: done(1, 1), two: done(3, 3), one: done(1, 1) }));
    expect(resume).toMatchObject({ why: 'next', lesson: one, step: 1 });
  });

  it('stays where it is when everything is done', () => {
    const all = { one: done(2, 2), two: done(3, 3), three: done(1, 1) };
    expect(whereToGo(course, taken('two', all))).toMatchObject({ why: 'stopped', lesson: two, step: 3 });
  });

  it('begins anew when the lesson last opened is gone', () => {
    expect(whereToGo(course, taken('gone', { gone: done(1, 1) })).why).toBe('begin');
  });
});

describe('how a lesson stands', () => {
  it('is told by its steps: ahead, begun, done', () => {
    const { lessons } = taken(null, { two: done(3, 2), three: done(1, 1) });
    expect(course.map((each) => standingOf(each, { lessons }))).toEqual(['ahead', 'begun', 'done']);
  });

  it('keeps to the last step when the lesson has become shorter', () => {
    expect(stepOf(one, taken(null, { one: done(9, 0) }))).toBe(2);
  });

  it('counts what is done among all', () => {
    expect(countDone(course, taken(null, { one: done(2, 2), two: done(1, 0) }))).toEqual({
      done: 1,
      total: 3,
    });
  });
});
