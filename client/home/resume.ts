import type { CourseEntry } from '../../lessons/index.ts';
import { standingOf, stepOf, type Taken } from './standing.ts';

interface Place {
  lesson: CourseEntry;
  order: number;
  /** From 1. */
  step: number;
}

export interface Resume extends Place {
  /** `begin`: nothing was opened yet. `next`: the lesson last opened is done, this is one that is not. */
  why: 'begin' | 'stopped' | 'next';
}

/** Where a learner goes on. */
export function whereToGo(course: readonly CourseEntry[], taken: Taken): Resume {
  const places = course.map((lesson, order) => ({ lesson, order, step: stepOf(lesson, taken) }));
  const last = places.find(({ lesson }) => lesson.id === taken.last);
  if (!last) return { why: 'begin', ...places[0]! };
  if (standingOf(last.lesson, taken) === 'done' && last.step === last.lesson.steps) {
    const open = ({ lesson }: Place) => standingOf(lesson, taken) !== 'done';
    const next = places.find((each) => each.order > last.order && open(each)) ?? places.find(open);
    if (next) return { why: 'next', ...next };
  }
  return { why: 'stopped', ...last };
}
