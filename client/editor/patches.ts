import type { LessonPatch } from '../../lessons/contract.ts';

/**
 * `applied`: the text has the patch. `available`: it can be applied. `conflict`: the learner changed the
 * place by hand, so neither can be said.
 */
export type PatchState = 'applied' | 'available' | 'conflict';

function count(text: string, part: string): number {
  if (part === '') return 0;
  let [found, at] = [0, text.indexOf(part)];
  while (at !== -1) {
    found += 1;
    at = text.indexOf(part, at + 1);
  }
  return found;
}

/** Replaces the only occurrence; `String.replace` would read `$&` in the new text as a pattern. */
function swap(text: string, from: string, to: string): string {
  const at = text.indexOf(from);
  return text.slice(0, at) + to + text.slice(at + from.length);
}

/**
 * The patch with so many whole lines of the original around it that its result can be recognised: a patch
 * that only deletes, or whose new text already stands elsewhere in the file, says nothing by itself.
 */
function recognisable(original: string, patch: LessonPatch) {
  let start = original.indexOf(patch.find);
  let end = start + patch.find.length;
  if (start === -1) return { find: patch.find, replace: patch.replace, told: true };
  const [left, right] = [original.slice(0, start), original.slice(end)];
  const patched = left + patch.replace + right;
  for (;;) {
    const [before, after] = [left.slice(start), right.slice(0, end - original.length + right.length)];
    const replace = before + patch.replace + after;
    const told = count(patched, replace) === 1 && !original.includes(replace);
    const whole = start === 0 && end === original.length;
    if (told || whole) return { find: original.slice(start, end), replace, told };
    start = start === 0 ? 0 : original.lastIndexOf('\n', start - 2) + 1;
    const next = original.indexOf('\n', end + 1);
    end = next === -1 ? original.length : next;
  }
}

export function patchState(text: string, original: string, patch: LessonPatch): PatchState {
  const { replace, told } = recognisable(original, patch);
  if (told ? count(text, replace) === 1 : text === replace) return 'applied';
  return count(text, patch.find) === 1 ? 'available' : 'conflict';
}

/** The text with the patch, or null when it cannot be applied. */
export function applyPatch(text: string, original: string, patch: LessonPatch): string | null {
  return patchState(text, original, patch) === 'available' ? swap(text, patch.find, patch.replace) : null;
}

/** The text without the patch, or null when it is not there. */
export function revertPatch(text: string, original: string, patch: LessonPatch): string | null {
  if (patchState(text, original, patch) !== 'applied') return null;
  const { find, replace } = recognisable(original, patch);
  return swap(text, replace, find);
}
