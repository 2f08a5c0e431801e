import type { CourseEntry } from '../../lessons/index.ts';

/** What is kept of a learner's way through the course. */
export interface Taken {
  /** By lesson id: the step last opened, from 1, and the ids of the steps that are done. */
  lessons: Readonly<Record<string, { step: number; done: readonly string[] }>>;
  /** The lesson last opened. */
  last: string | null;
}

/** `planned`: not written yet. */
export type Standing = 'planned' | 'ahead' | 'begun' | 'done';

export function standingOf(entry: CourseEntry, { lessons }: Pick<Taken, 'lessons'>): Standing {
  if (entry.steps === 0) return 'planned';
  const taken = lessons[entry.id];
  if (!taken) return 'ahead';
  return taken.done.length >= entry.steps ? 'done' : 'begun';
}

/** The step last opened, from 1; a lesson may have become shorter since. */
export function stepOf(entry: CourseEntry, { lessons }: Pick<Taken, 'lessons'>): number {
  return Math.min(lessons[entry.id]?.step ?? 1, Math.max(entry.steps, 1));
}

/** How many lessons are written, and how many of those are done. */
export function countDone(course: readonly CourseEntry[], taken: Taken): { done: number; total: number } {
  const written = course.filter(({ steps }) => steps > 0);
  return {
    done: written.filter((entry) => standingOf(entry, taken) === 'done').length,
    total: written.length,
  };
}
