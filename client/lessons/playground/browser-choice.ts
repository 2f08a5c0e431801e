/** The browser that a lesson's page is to be in: chosen at the page, or by a link; kept for the next visit. */
import { create } from 'zustand';
import { profileOf, type LessonInfo, type LessonProfile } from '../../../lessons/index.ts';
import type { BrowserChoice } from '../../stage/index.ts';
import { store, stored } from '../../ui/index.ts';
import { useBridge, type Bridge } from '../bridge.ts';

type Choices = Record<string, LessonProfile | null>;

const KEY = 'browsers';

const useChoices = create<{ choices: Choices }>()(() => ({ choices: stored<Choices>(KEY, {}) }));

/** The name under which a choice is kept: the code of a link has its own. */
function keyOf({ id }: LessonInfo, { shared, variant }: Pick<Bridge, 'shared' | 'variant'>): string {
  return shared && 'id' in shared && shared.variant === variant ? `${id}@${shared.id}` : id;
}

/** Chooses for the code that is open. */
export function chooseBrowser(lesson: LessonInfo, profile: LessonProfile | null): void {
  const key = keyOf(lesson, useBridge.getState());
  const choices = { ...useChoices.getState().choices, [key]: profile };
  useChoices.setState({ choices });
  store(KEY, choices);
}

function chosenIn({ choices }: { choices: Choices }, key: string, { profiles }: LessonInfo) {
  const chosen = choices[key] ?? null;
  return profiles?.find((offered) => offered === chosen) ?? null;
}

/** What the page of this lesson offers; undefined where there is nothing to choose. */
export function useBrowserChoice(lesson: LessonInfo): BrowserChoice | undefined {
  const key = useBridge((bridge) => keyOf(lesson, bridge));
  const chosen = useChoices((state) => chosenIn(state, key, lesson));
  const { profiles } = lesson;
  return profiles && { offered: profiles, chosen, choose: (profile) => chooseBrowser(lesson, profile) };
}

/** The old browser that was chosen at the page; null: none, or the lesson offers none. */
export function chosenBrowser(lesson: LessonInfo): LessonProfile | null {
  return chosenIn(useChoices.getState(), keyOf(lesson, useBridge.getState()), lesson);
}

/** The old browser that the next run of the open edition is in; null: the browser as it is. */
export function profileOfRun(lesson: LessonInfo): LessonProfile | null {
  return lesson.profiles ? chosenBrowser(lesson) : profileOf(lesson, useBridge.getState().variant);
}
