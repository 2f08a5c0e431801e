import { useMemo } from 'react';
import { useLab } from '../lab/index.ts';
import { useFiles } from './files-store.ts';
import { addedLines, followLines } from './line-diff.ts';
import { errorMarkOf, marksOf, type ErrorMark, type LineMark } from './marks.ts';

/** What is drawn on a file now. Keeps its identity until something about it changes. */
export function useLineMarks(file: string): { marks: LineMark[]; error: ErrorMark | null; added: number[] } {
  const text = useFiles(({ files }) => files[file] ?? '');
  const original = useFiles(({ originals }) => originals[file] ?? '');
  const wire = useFiles(({ wireFiles }) => wireFiles?.[file]) ?? text;
  const ran = useFiles(({ lastRunFiles }) => lastRunFiles?.[file]) ?? text;

  const follow = useMemo(() => followLines(wire, text), [wire, text]);
  // A running lab makes a new `run` in every frame; as a string, the marks only change when they differ.
  const drawn = useLab(({ run, selection }) => JSON.stringify(marksOf(run, selection, { file, follow })));
  const marks = useMemo(() => JSON.parse(drawn) as LineMark[], [drawn]);

  const failure = useLab((state) => state.error);
  const error = useMemo(
    () => errorMarkOf(failure, { file, follow: followLines(ran, text) }),
    [failure, file, ran, text],
  );
  const added = useMemo(() => addedLines(original, text), [original, text]);
  return useMemo(() => ({ marks, error, added }), [marks, error, added]);
}
