/**
 * Which edition of a lesson's code is in the editors, and whether the learner's attempt or a solution is.
 * Each edition has edits of its own; an attempt is kept while the solution is shown.
 */
import type { LessonChallenge, LessonInfo } from '../../../lessons/index.ts';
import { useFiles } from '../../editor/index.ts';
import { store, stored } from '../../ui/index.ts';
import { useBridge } from '../bridge.ts';
import { loadCode } from './code.ts';

type Files = Record<string, string>;

const EDITIONS = 'editions';
const ATTEMPTS = 'attempts';

/** The code of a link that is open in the place of this edition; null when it is the learner's own. */
function sharedId(variant: string | null): string | null {
  const { shared } = useBridge.getState();
  return shared && 'id' in shared && shared.variant === variant ? shared.id : null;
}

/** The name under which the editors keep an edition's edits; those of a link's code are apart. */
export function editionKey(lesson: LessonInfo, variant: string | null): string {
  const own = variant === null ? lesson.id : `${lesson.id}.${variant}`;
  const id = sharedId(variant);
  return id === null ? own : `${own}@${id}`;
}

/** The edition last open; the first when this is the first visit. */
export function lastVariant(lesson: LessonInfo): string | null {
  const last = stored<Record<string, string | null>>(EDITIONS, {})[lesson.id] ?? null;
  return lesson.variants?.some(({ id }) => id === last) ? last : null;
}

/** Fetches an edition and opens it with what was saved of it. */
export async function openEdition(lesson: LessonInfo, variant: string | null): Promise<void> {
  const originals = await loadCode(lesson.id, variant);
  useFiles.getState().open(editionKey(lesson, variant), originals);
  store(EDITIONS, { ...stored(EDITIONS, {}), [lesson.id]: variant });
  useBridge.setState({ variant });
  useBridge.setState({ solved: solvedSteps(lesson) });
}

const attempts = () => stored<Record<string, Files>>(ATTEMPTS, {});
/** An attempt in the code of a link is not put back into the learner's own. */
const attemptKey = (lesson: LessonInfo, step: string) => {
  const id = sharedId(useBridge.getState().variant);
  return id === null ? `${lesson.id}/${step}` : `${lesson.id}@${id}/${step}`;
};

/** Steps of the lesson whose solution is in the editors. */
export function solvedSteps(lesson: LessonInfo): string[] {
  const kept = attempts();
  return lesson.steps.map(({ id }) => id).filter((id) => attemptKey(lesson, id) in kept);
}

/** Puts the solution of a challenge in the place of what is in the editors, which is kept. */
export function showSolution(lesson: LessonInfo, step: string, { solution }: LessonChallenge): void {
  const { files, originals, edit } = useFiles.getState();
  store(ATTEMPTS, { ...attempts(), [attemptKey(lesson, step)]: files });
  for (const [file, original] of Object.entries(originals)) {
    const own = solution.filter((patch) => patch.file === file);
    edit(
      file,
      own.reduce((text, { find, replace }) => text.replace(find, () => replace), original),
    );
  }
  useBridge.setState({ solved: solvedSteps(lesson) });
}

/** Puts the learner's attempt back. */
export function showAttempt(lesson: LessonInfo, step: string): void {
  const { [attemptKey(lesson, step)]: files = {}, ...others } = attempts();
  for (const [file, text] of Object.entries(files)) useFiles.getState().edit(file, text);
  store(ATTEMPTS, others);
  useBridge.setState({ solved: solvedSteps(lesson) });
}
