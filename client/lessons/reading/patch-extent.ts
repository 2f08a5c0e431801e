import type { LessonPatch } from '../../../lessons/index.ts';

/** Lines a patch adds, as `+1`; a patch that only rewrites says how many lines it touches: `±1`. */
export function patchExtent({ find, replace }: Pick<LessonPatch, 'find' | 'replace'>): string {
  const lines = (text: string) => text.split('\n').length;
  const added = lines(replace) - lines(find);
  return added > 0 ? `+${added}` : `±${lines(replace)}`;
}
