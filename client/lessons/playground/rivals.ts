import type { LessonPatch } from '../../../lessons/index.ts';

/** Patches that want the same place of the same file: only one of them can be in the file at a time. */
export function rivalsOf(patch: LessonPatch, all: readonly LessonPatch[]): LessonPatch[] {
  return all.filter((other) => other !== patch && other.file === patch.file && other.find === patch.find);
}
