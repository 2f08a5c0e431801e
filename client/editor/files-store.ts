import { create } from 'zustand';
import type { LessonPatch } from '../../lessons/contract.ts';
import { browserStorage, type EditsStorage } from './edits-storage.ts';
import { countLines, type LineCount } from './line-diff.ts';
import { applyPatch, patchState, revertPatch, type PatchState } from './patches.ts';
import {
  hashText,
  mergeLessons,
  nothingSaved,
  type ConflictCopy,
  type SavedFile,
  type SavedLesson,
  type Version,
} from './saved-edits.ts';

type Files = Record<string, string>;

export interface FilesStore {
  lessonId: string | null;
  /** The lesson's files as its author wrote them. */
  originals: Files;
  /** The same files as the learner has them now. */
  files: Files;
  /** `files` when Run was last pressed; null before. Positions in an error count in these. */
  lastRunFiles: Files | null;
  /** Files of the run that is on the wire: positions in its messages count in these. */
  wireFiles: Files | null;
  /** Text before the reset of each file whose reset can be undone. */
  resetUndo: Files;
  /** Texts that another tab's edits have replaced, until the learner takes or dismisses them. */
  conflicts: ConflictCopy[];
  /** Files whose edits began from an earlier edition of the lesson. */
  outdated: string[];
  storage: 'ok' | 'unavailable';

  /** Opens a lesson with what was saved of it. Opening the open lesson again changes nothing. */
  open(lessonId: string, originals: Files): void;
  edit(file: string, text: string): void;
  /** Back to the original, one file or all. */
  reset(file?: string): void;
  undoReset(file?: string): void;
  /** False when the patch is not `available`. */
  applyPatch(patch: LessonPatch): boolean;
  /** False when the patch is not `applied`. */
  revertPatch(patch: LessonPatch): boolean;
  patchState(patch: LessonPatch): PatchState;
  isChanged(file: string): boolean;
  changedLines(file: string): LineCount;
  /** Puts the copy in the place of the file's text, which becomes the copy. */
  takeConflict(id: string): void;
  dismissConflict(id: string): void;
  /** Run was pressed with the present files. */
  noteRun(): void;
  /** The run that was last noted is on the wire now. */
  noteWire(): void;
}

/** One name per page load: a reloaded page is another writer that knows what the first one wrote. */
const newWriter = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join('');

export function createFilesStore(storage: EditsStorage, now: () => number = Date.now) {
  const writer = newWriter();
  let count = 0;
  let saved: SavedLesson = nothingSaved;

  const store = create<FilesStore>()((set, get) => {
    /** Shows what `saved` says. */
    function show(): void {
      const { originals, files } = get();
      const next: Files = {};
      const resetUndo: Files = {};
      const outdated: string[] = [];
      for (const [file, original] of Object.entries(originals)) {
        const entry = saved.files[file];
        next[file] = entry?.text ?? original;
        if (entry?.undo !== undefined) resetUndo[file] = entry.undo;
        if (typeof entry?.text === 'string' && entry.base !== hashText(original)) outdated.push(file);
      }
      const same = Object.keys(next).every((file) => next[file] === files[file]);
      const conflicts = saved.conflicts.filter((copy) => copy.file in originals);
      set({ files: same ? files : next, resetUndo, outdated, conflicts });
    }

    function save(change: Partial<SavedLesson>): void {
      saved = storage.write(get().lessonId!, { ...saved, ...change });
      show();
    }

    const includes = (previous: SavedFile | undefined): Version | null =>
      previous && previous.version.writer !== writer ? previous.version : (previous?.from ?? null);

    function put(file: string, text: string, undo?: string): void {
      const original = get().originals[file];
      if (original === undefined || get().files[file] === text) return;
      const previous = saved.files[file];
      const entry: SavedFile = {
        text: text === original ? null : text,
        base: previous?.text == null ? hashText(original) : previous.base,
        at: Math.max(now(), (previous?.at ?? 0) + 1),
        version: { writer, count: ++count },
        from: includes(previous),
      };
      if (undo !== undefined) entry.undo = undo;
      save({ files: { ...saved.files, [file]: entry } });
    }

    /** Takes in what is stored, after a start or after another tab wrote. */
    function adopt(stored: SavedLesson | null): void {
      if (!stored) return;
      saved = mergeLessons(saved, stored);
      show();
    }

    storage.onHealth((kept) => set({ storage: kept ? 'ok' : 'unavailable' }));
    storage.watch(() => {
      const { lessonId } = get();
      if (lessonId !== null) adopt(storage.read(lessonId));
    });

    return {
      lessonId: null,
      originals: {},
      files: {},
      lastRunFiles: null,
      wireFiles: null,
      resetUndo: {},
      conflicts: [],
      outdated: [],
      storage: 'ok',

      open(lessonId, authored) {
        const originals = Object.fromEntries(
          // A checkout on Windows may have turned the lesson's line ends; editors and positions use LF.
          Object.entries(authored).map(([file, text]) => [file, text.replaceAll('\r\n', '\n')]),
        );
        const reopened = lessonId === get().lessonId;
        if (reopened && JSON.stringify(originals) === JSON.stringify(get().originals)) return;
        if (!reopened) {
          saved = storage.read(lessonId) ?? nothingSaved;
          set({ lessonId, lastRunFiles: null, wireFiles: null });
        }
        set({ originals });
        show();
        void storage.readMirror(lessonId).then((mirrored) => {
          if (get().lessonId === lessonId) adopt(mirrored);
        });
      },
      edit: (file, text) => put(file, text),
      reset(file) {
        const { originals, files } = get();
        for (const each of file === undefined ? Object.keys(originals) : [file]) {
          if (originals[each] !== undefined) put(each, originals[each], files[each]);
        }
      },
      undoReset(file) {
        for (const [each, text] of Object.entries(get().resetUndo)) {
          if (file === undefined || each === file) put(each, text);
        }
      },
      patchState(patch) {
        const { files, originals } = get();
        const text = files[patch.file];
        return text === undefined ? 'conflict' : patchState(text, originals[patch.file]!, patch);
      },
      applyPatch(patch) {
        const { files, originals } = get();
        const text = applyPatch(files[patch.file] ?? '', originals[patch.file] ?? '', patch);
        if (text !== null) put(patch.file, text);
        return text !== null;
      },
      revertPatch(patch) {
        const { files, originals } = get();
        const text = revertPatch(files[patch.file] ?? '', originals[patch.file] ?? '', patch);
        if (text !== null) put(patch.file, text);
        return text !== null;
      },
      isChanged: (file) => get().files[file] !== get().originals[file],
      changedLines: (file) => countLines(get().originals[file] ?? '', get().files[file] ?? ''),
      takeConflict(id) {
        const copy = get().conflicts.find((each) => each.id === id);
        if (!copy) return;
        const { file } = copy;
        const mine = { id: `${writer}:copy${++count}`, file, text: get().files[file]!, at: now() };
        const others = saved.conflicts.filter((each) => each !== copy);
        save({
          conflicts: get().isChanged(file) ? [...others, mine] : others,
          settled: [...saved.settled, id],
        });
        put(file, copy.text);
      },
      dismissConflict(id) {
        save({
          conflicts: saved.conflicts.filter((copy) => copy.id !== id),
          settled: [...saved.settled, id],
        });
      },
      noteRun: () => set(({ files }) => ({ lastRunFiles: files })),
      noteWire: () => set(({ lastRunFiles }) => ({ wireFiles: lastRunFiles })),
    };
  });
  return store;
}

/** The learner's files of the open lesson. */
export const useFiles = createFilesStore(browserStorage());
