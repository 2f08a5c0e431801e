/** The browser that a lesson's page is to be in: chosen at the page, kept for the next visit. */
import { create } from 'zustand';
import { profileOf, type LessonInfo, type LessonProfile } from '../../../lessons/index.ts';
import type { BrowserChoice } from '../../stage/index.ts';
import { store, stored } from '../../ui/index.ts';

type Choices = Record<string, LessonProfile | null>;

const KEY = 'browsers';

const useChoices = create<{ choices: Choices }>()(() => ({ choices: stored<Choices>(KEY, {}) }));

function choose(lesson: string, profile: LessonProfile | null): void {
  const choices = { ...useChoices.getState().choices, [lesson]: profile };
  useChoices.setState({ choices });
  store(KEY, choices);
}

function chosenIn({ choices }: { choices: Choices }, { id, profiles }: LessonInfo): LessonProfile | null {
  const chosen = choices[id] ?? null;
  return profiles?.find((offered) => offered === chosen) ?? null;
}

/** What the page of this lesson offers; undefined where there is nothing to choose. */
export function useBrowserChoice(lesson: LessonInfo): BrowserChoice | undefined {
  const chosen = useChoices((state) => chosenIn(state, lesson));
  const { id, profiles } = lesson;
  return profiles && { offered: profiles, chosen, choose: (profile) => choose(id, profile) };
}

/** The old browser that the next run of this edition is in; null: the browser as it is. */
export function profileOfRun(lesson: LessonInfo, variant: string | null): LessonProfile | null {
  if (lesson.profiles) return chosenIn(useChoices.getState(), lesson);
  return profileOf(lesson, variant);
}
