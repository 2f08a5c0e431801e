import type { CourseEntry, LessonGroup } from '../../lessons/index.ts';

export interface Place extends CourseEntry {
  /** Its number in the course, from 0. */
  order: number;
}

/** The lessons under one bracket, in course order. */
export interface Bracket {
  group: LessonGroup;
  places: Place[];
}

/** The course as brackets of lessons: neighbours of the same group are under one. */
function bracketsOf(course: readonly CourseEntry[]): Bracket[] {
  const brackets: Bracket[] = [];
  for (const [order, entry] of course.entries()) {
    const last = brackets.at(-1);
    if (last?.group === entry.group) last.places.push({ ...entry, order });
    else brackets.push({ group: entry.group, places: [{ ...entry, order }] });
  }
  return brackets;
}

export const countOf = (system: readonly Bracket[]) =>
  system.reduce((sum, { places }) => sum + places.length, 0);

/** The course as two systems of the score, broken between two brackets where the halves are most alike. */
export function systemsOf(course: readonly CourseEntry[]): Bracket[][] {
  const brackets = bracketsOf(course);
  const unlike = (at: number) => Math.abs(countOf(brackets.slice(0, at)) - countOf(brackets.slice(at)));
  let cut = 1;
  for (let at = 2; at < brackets.length; at++) if (unlike(at) < unlike(cut)) cut = at;
  return [brackets.slice(0, cut), brackets.slice(cut)].filter((system) => system.length > 0);
}
