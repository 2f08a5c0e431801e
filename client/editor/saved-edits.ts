/**
 * What is kept of a lesson's edits, and how two versions of it become one without losing text.
 *
 * Every tab is a writer and numbers its versions; a version names the last one of another writer that it
 * was built on. That is enough to tell "goes on from mine" from "made without knowing mine".
 */
export interface SavedFile {
  /** The learner's text; null when it is the lesson's original. */
  text: string | null;
  /** `hashText` of the original that the edits began from. */
  base: string;
  /** Wall clock of the edit, ms since 1970; never before the version it replaces. */
  at: number;
  version: Version;
  /** The newest version of another writer that this one includes. */
  from: Version | null;
  /** The text before a reset, while the reset can be undone. */
  undo?: string;
}

export interface Version {
  writer: string;
  count: number;
}

/** A text that another tab's edit has replaced. */
export interface ConflictCopy {
  id: string;
  file: string;
  text: string;
  at: number;
}

export interface SavedLesson {
  format: 1;
  files: Record<string, SavedFile>;
  conflicts: ConflictCopy[];
  /** Ids of copies that the learner has dealt with: they must not come back from another store. */
  settled: string[];
}

export const nothingSaved: SavedLesson = { format: 1, files: {}, conflicts: [], settled: [] };

/** Ids remembered per lesson; a copy older than that many others is in no store any more. */
const MAX_SETTLED = 64;

/** FNV-1a, 32 bit: tells one edition of a lesson's file from another, nothing more. */
export function hashText(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16);
}

const covers = (later: Version | null, earlier: Version) =>
  later?.writer === earlier.writer && later.count >= earlier.count;

/** Whether the writer of `later` knew `earlier`. */
const follows = (later: SavedFile, earlier: SavedFile) =>
  covers(later.version, earlier.version) || covers(later.from, earlier.version);

const versionId = ({ writer, count }: Version) => `${writer}:${count}`;

function mergeFile(mine: SavedFile, theirs: SavedFile): { kept: SavedFile; lost: SavedFile | null } {
  if (follows(mine, theirs)) return { kept: mine, lost: null };
  if (follows(theirs, mine)) return { kept: theirs, lost: null };
  return theirs.at > mine.at ? { kept: theirs, lost: mine } : { kept: mine, lost: theirs };
}

/** One record of two: per file the newest edit wins, and a text it did not know of is kept as a copy. */
export function mergeLessons(mine: SavedLesson, theirs: SavedLesson): SavedLesson {
  const files = { ...theirs.files, ...mine.files };
  const settled = [...new Set([...theirs.settled, ...mine.settled])].slice(-MAX_SETTLED);
  const conflicts = [...mine.conflicts, ...theirs.conflicts];
  for (const file of Object.keys(mine.files)) {
    const other = theirs.files[file];
    if (!other) continue;
    const { kept, lost } = mergeFile(mine.files[file]!, other);
    files[file] = kept;
    const text = lost?.text ?? lost?.undo;
    if (lost && text !== undefined && text !== kept.text) {
      conflicts.push({ id: versionId(lost.version), file, text, at: lost.at });
    }
  }
  const open = new Map(conflicts.filter(({ id }) => !settled.includes(id)).map((copy) => [copy.id, copy]));
  return { format: 1, files, settled, conflicts: [...open.values()] };
}

/** Reads a stored record; null when it is not one. */
export function parseLesson(value: unknown): SavedLesson | null {
  const record = value as Partial<SavedLesson> | null | undefined;
  const whole =
    record?.format === 1 &&
    typeof record.files === 'object' &&
    Array.isArray(record.conflicts) &&
    Array.isArray(record.settled);
  return whole ? (record as SavedLesson) : null;
}
