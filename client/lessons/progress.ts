import { create } from 'zustand';
import { COURSE, findLesson } from '../../lessons/index.ts';
import { store, stored } from '../ui/index.ts';

/** How far one lesson was taken. */
export interface LessonProgress {
  /** The step last opened, from 1. */
  step: number;
  /** The option chosen, by step id. */
  answers: Record<string, string>;
  /** Steps whose explanation was seen, which is what done means. */
  done: string[];
}

interface Progress {
  lessons: Record<string, LessonProgress>;
  /** The lesson last opened. */
  last: string | null;
  visit(lesson: string, step: number): void;
  answer(lesson: string, step: string, option: string): void;
  finish(lesson: string, step: string): void;
}

const KEY = 'progress';
const NONE: LessonProgress = { step: 1, answers: {}, done: [] };

export const progressOf = (state: Pick<Progress, 'lessons'>, lesson: string): LessonProgress => ({
  ...NONE,
  ...state.lessons[lesson],
});

/** How far every lesson was taken; kept between visits. */
export const useProgress = create<Progress>()((set, get) => {
  const change = (lesson: string, part: Partial<LessonProgress>) => {
    const lessons = { ...get().lessons, [lesson]: { ...progressOf(get(), lesson), ...part } };
    set({ lessons, last: lesson });
    store(KEY, { lessons, last: lesson });
  };
  return {
    ...stored<Pick<Progress, 'lessons' | 'last'>>(KEY, { lessons: {}, last: null }),
    visit: (lesson, step) => change(lesson, { step }),
    answer: (lesson, step, option) =>
      change(lesson, { answers: { ...progressOf(get(), lesson).answers, [step]: option } }),
    finish(lesson, step) {
      const { done } = progressOf(get(), lesson);
      if (!done.includes(step)) change(lesson, { done: [...done, step] });
    },
  };
});

/** Where the learner stopped; the first lesson when this is the first visit. */
export function lastPlace(): string {
  const state = useProgress.getState();
  const lesson = findLesson(state.last ?? '') ?? COURSE[0]!;
  const step = Math.min(progressOf(state, lesson.id).step, lesson.steps);
  return `/lessons/${lesson.id}/${step}`;
}
