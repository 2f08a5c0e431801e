import { diffArrays } from 'diff';

/** One line of a unified diff. Line numbers count from 1; null on the side that does not have the line. */
export interface DiffRow {
  sign: ' ' | '+' | '-';
  text: string;
  before: number | null;
  after: number | null;
}

const linesOf = (text: string) => text.split('\n');

/** A unified diff of whole files, without leaving anything out; removed lines stand before added ones. */
export function diffRows(before: string, after: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let [old, now] = [1, 1];
  for (const part of diffArrays(linesOf(before), linesOf(after))) {
    for (const text of part.value) {
      if (part.removed) rows.push({ sign: '-', text, before: old++, after: null });
      else if (part.added) rows.push({ sign: '+', text, before: null, after: now++ });
      else rows.push({ sign: ' ', text, before: old++, after: now++ });
    }
  }
  return rows;
}

/** Lines of `after` that are not in `before`, from 1. */
export function addedLines(before: string, after: string): number[] {
  if (before === after) return [];
  return diffRows(before, after).flatMap((row) => (row.sign === '+' ? [row.after!] : []));
}

export interface LineCount {
  added: number;
  removed: number;
}

export function countLines(before: string, after: string): LineCount {
  const count = { added: 0, removed: 0 };
  if (before === after) return count;
  for (const { sign } of diffRows(before, after)) {
    if (sign === '+') count.added += 1;
    else if (sign === '-') count.removed += 1;
  }
  return count;
}

/** Where a line of an older text went. `edited` says that it no longer reads the same. */
export interface MovedLine {
  line: number;
  edited: boolean;
}

/**
 * Follows lines of `before` into `after`: the answer is null for a line that is gone. In a replaced
 * stretch the first line stands for the first, the second for the second, as an author would point at it.
 */
export function followLines(before: string, after: string): (line: number) => MovedLine | null {
  if (before === after) return (line) => ({ line, edited: false });
  const moved = new Map<number, MovedLine>();
  let removed: number[] = [];
  for (const row of diffRows(before, after)) {
    if (row.sign === '-') removed.push(row.before!);
    else if (row.sign === '+') {
      const line = removed.shift();
      if (line !== undefined) moved.set(line, { line: row.after!, edited: true });
    } else {
      removed = [];
      moved.set(row.before!, { line: row.after!, edited: false });
    }
  }
  return (line) => moved.get(line) ?? null;
}
