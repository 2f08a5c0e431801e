import type { CourseEntry } from '../../lessons/index.ts';
import { standingOf, stepOf, type Taken } from './standing.ts';

export interface Resume {
  /** `begin`: nothing was opened yet. `next`: the lesson last opened is done, this is one that is not. */
  why: 'begin' | 'stopped' | 'next';
  lesson: CourseEntry;
  order: number;
  /** From 1. */
  step: number;
}

/** Where a learner goes on. Null while no lesson is written. */
export function whereToGo(course: readonly CourseEntry[], taken: Taken): Resume | null {
  const written = course
    .map((lesson, order) => ({ lesson, order, step: stepOf(lesson, taken) }))
    .filter(({ lesson }) => lesson.steps > 0);
  const [first] = written;
  if (!first) return null;
  const last = written.find(({ lesson }) => lesson.id === taken.last);
  if (!last) return { why: 'begin', ...first };
  if (standingOf(last.lesson, taken) === 'done' && last.step === last.lesson.steps) {
    const open = ({ lesson }: typeof first) => standingOf(lesson, taken) !== 'done';
    const next = written.find((each) => each.order > last.order && open(each)) ?? written.find(open);
    if (next) return { why: 'next', ...next };
  }
  return { why: 'stopped', ...last };
}
