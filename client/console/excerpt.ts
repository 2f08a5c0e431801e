/** The line an error points at, cut so that it can be read: pure. */
import type { ReportedError, SourcePosition } from '#protocol/errors';

/** What stands before, at, and behind the column of an error. Joined, they are (part of) the line. */
export interface Excerpt {
  before: string;
  /** The character of the column; empty behind the end of the line. */
  at: string;
  after: string;
}

/** The text of a line in the files of the run; undefined when it is not known. */
export type LineOf = (position: SourcePosition) => string | undefined;

/** UTF-16 units kept on either side of the column: a minified line is one line of a megabyte. */
const AROUND = 40;

/** The server's own excerpt if it sent one, else the line of the learner's file; without its indentation. */
export function excerptOf(
  at: SourcePosition,
  error: ReportedError | undefined,
  lineOf: LineOf,
): Excerpt | null {
  const line = error?.excerpt?.split('\n')[0] ?? lineOf(at);
  if (line === undefined || line.trim() === '') return null;
  const column = Math.min(Math.max(at.column - 1, 0), line.length);
  const indent = Math.min(line.length - line.trimStart().length, column);
  const start = column - indent > AROUND ? column - AROUND : indent;
  const [character = ''] = line.slice(column);
  const end = column + character.length;
  const rest = line.slice(end).trimEnd();
  return {
    before: (start > indent ? '…' : '') + line.slice(start, column),
    at: character,
    after: rest.length > AROUND ? `${rest.slice(0, AROUND)}…` : rest,
  };
}
