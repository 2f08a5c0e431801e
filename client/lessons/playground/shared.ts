/**
 * Code from a link. It is opened beside the learner's own, under a name of its own: neither is ever written over
 * the other, and nothing of it runs before Run is pressed.
 */
import type { Conditions } from '#protocol/telemetry';
import type { LessonInfo, LessonProfile } from '../../../lessons/index.ts';
import { hashText, useFiles } from '../../editor/index.ts';
import { fragmentOf, loadLinks, type SharedCode } from '../../share/index.ts';
import { store, stored } from '../../ui/index.ts';
import { useBridge, type SharedCodeOpen } from '../bridge.ts';
import { chooseBrowser, chosenBrowser } from './browser-choice.ts';
import { loadCode } from './code.ts';
import { editionKey } from './edition.ts';

const sessionKey = (lesson: LessonInfo) => `shared/${lesson.id}`;

/** The link that this tab has open: of the address, else of what was open in it before a reload at another step. */
export function sharedFragment(lesson: LessonInfo): string | null {
  return fragmentOf(location.hash) ?? inSession(() => sessionStorage.getItem(sessionKey(lesson)));
}

/**
 * Opens the code of a link, unless the lesson was left meanwhile. Returns the network that the link was made with;
 * null when it leads to no code of this lesson.
 */
export async function openShared(
  lesson: LessonInfo,
  fragment: string,
  isStillOpen: () => boolean,
): Promise<Conditions | null> {
  const { LinkError, readFragment } = await loadLinks();
  try {
    const code = readFragment(fragment);
    const isKnown = code.variant === null || lesson.variants?.some(({ id }) => id === code.variant);
    const isOffered = code.profile === null || lesson.profiles?.some((profile) => profile === code.profile);
    if (code.lesson !== lesson.id || !isKnown || !isOffered) throw new LinkError('lesson');
    const originals = await loadCode(lesson.id, code.variant);
    if (Object.keys(code.files).some((file) => !(file in originals))) throw new LinkError('lesson');
    if (!isStillOpen()) return null;
    inSession(() => sessionStorage.setItem(sessionKey(lesson), fragment));
    show(lesson, code, originals, `${hashText(fragment)}-${fragment.length}`);
    return code.conditions;
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    useBridge.setState({ shared: { problem: error.problem } });
    return null;
  }
}

function show(lesson: LessonInfo, code: SharedCode, originals: Record<string, string>, id: string): void {
  const { variant } = code;
  const outdated = code.base !== baseOf(originals);
  const shared: SharedCodeOpen = { id, variant, files: Object.keys(code.files), outdated };
  useBridge.setState({ shared, variant });
  const key = editionKey(lesson, variant);
  useFiles.getState().open(key, originals);
  // Opened again, it is as it was left.
  if (!stored(`opened/${key}`, false)) {
    for (const [file, text] of Object.entries(code.files)) useFiles.getState().edit(file, text);
    chooseBrowser(lesson, code.profile as LessonProfile | null);
    store(`opened/${key}`, true);
  }
}

/** Forgets the link: the address and the next reload lead to the learner's own code again. */
export function leaveShared(lesson: LessonInfo): void {
  inSession(() => sessionStorage.removeItem(sessionKey(lesson)));
  history.replaceState(history.state, '', location.pathname + location.search);
  useBridge.setState({ shared: null });
}

/** What is in the editors, as a link says it. */
export function codeToShare(lesson: LessonInfo, step: number, conditions: Conditions): SharedCode {
  const { files, originals } = useFiles.getState();
  const changed = Object.entries(files).filter(([file, text]) => text !== originals[file]);
  return {
    lesson: lesson.id,
    step,
    variant: useBridge.getState().variant,
    base: baseOf(originals),
    files: Object.fromEntries(changed),
    conditions,
    profile: chosenBrowser(lesson),
  };
}

/** Names the lesson's own files. */
function baseOf(originals: Record<string, string>): string {
  return hashText(JSON.stringify(Object.entries(originals).sort()));
}

/** Null where the browser refuses storage: then the link is open until the page is left. */
function inSession<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
