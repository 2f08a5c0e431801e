import type { ReportedError, SourcePosition } from '#protocol/errors';
import type { LabSnapshot } from '../lab/index.ts';
import { useFiles } from './files-store.ts';
import { followLines } from './line-diff.ts';
import { marksOf } from './marks.ts';

/** A place in a file as it is now, and whether the cursor is wanted there. */
export interface Place {
  file: string;
  line: number;
  column: number;
  focus: boolean;
}

function follow(file: string, run: 'lastRunFiles' | 'wireFiles') {
  const state = useFiles.getState();
  const text = state.files[file] ?? '';
  return followLines(state[run]?.[file] ?? text, text);
}

const lineIn = (files: Record<string, string> | null, { file, line }: SourcePosition) =>
  files?.[file]?.split('\n')[line - 1];

/** The text of a line when Run was last pressed. */
export const lineOfLastRun = (position: SourcePosition) => lineIn(useFiles.getState().lastRunFiles, position);

/** The text of a line in the files of the run that is on the wire. */
export const lineOfWire = (position: SourcePosition) => lineIn(useFiles.getState().wireFiles, position);

/** A position of the last run; when its line is gone, the line that has its number now. */
export function placeOfPosition({ file, line, column }: SourcePosition): Place {
  return { file, line: follow(file, 'lastRunFiles')(line)?.line ?? line, column, focus: true };
}

export function placeOfError(error: ReportedError | null): Place | null {
  return error?.at ? { ...placeOfPosition(error.at), focus: false } : null;
}

/** The first marked line of these files. */
export function placeOfSelection({ run, selection }: LabSnapshot, files: string[]): Place | null {
  for (const file of files) {
    const mark = marksOf(run, selection, { file, follow: follow(file, 'wireFiles') })[0];
    if (mark) return { file, line: mark.line, column: 1, focus: false };
  }
  return null;
}
