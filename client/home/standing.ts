import type { CourseEntry } from '../../lessons/index.ts';

/** What is kept of a learner's way through the course. */
export interface Taken {
  /** By lesson id: the step last opened, from 1, and the ids of the steps that are done. */
  lessons: Readonly<Record<string, { step: number; done: readonly string[] }>>;
  /** The lesson last opened. */
  last: string | null;
}

export type Standing = 'ahead' | 'begun' | 'done';

export function standingOf(entry: CourseEntry, { lessons }: Pick<Taken, 'lessons'>): Standing {
  const taken = lessons[entry.id];
  if (!taken) return 'ahead';
  return taken.done.length >= entry.steps ? 'done' : 'begun';
}

/** The step last opened, from 1; a lesson may have become shorter since. */
export function stepOf(entry: CourseEntry, { lessons }: Pick<Taken, 'lessons'>): number {
  return Math.min(lessons[entry.id]?.step ?? 1, entry.steps);
}

/** How many lessons there are, and how many of them are done. */
export function countDone(course: readonly CourseEntry[], taken: Taken): { done: number; total: number } {
  return {
    done: course.filter((entry) => standingOf(entry, taken) === 'done').length,
    total: course.length,
  };
}
