import * as idb from 'idb-keyval';
import { mergeLessons, parseLesson, type SavedLesson } from './saved-edits.ts';

/**
 * Keeps edits twice. localStorage is written with every edit, before the next event: a reload, a crash of
 * the page or a second tab finds the last key pressed. IndexedDB follows within `MIRROR_DELAY_MS`; it
 * holds when localStorage is full, switched off or was cleared.
 */
export interface EditsStorage {
  read(lesson: string): SavedLesson | null;
  readMirror(lesson: string): Promise<SavedLesson | null>;
  /** Writes, and returns what is stored now: the record merged with what another tab had written. */
  write(lesson: string, record: SavedLesson): SavedLesson;
  /** Resolves when IndexedDB has everything. */
  flush(): Promise<void>;
  /** Tells when another tab may have written: on its writes, and when this one wakes up. */
  watch(onChange: () => void): void;
  /** Tells whether what was written last is kept anywhere. */
  onHealth(listener: (kept: boolean) => void): void;
}

export interface StorageParts {
  /** Throws where site data is blocked. */
  local(): Pick<Storage, 'getItem' | 'setItem'>;
  mirror: Pick<typeof idb, 'get' | 'update'>;
  /** `window`: source of `storage`, `pagehide` and `pageshow`, with `document`'s `visibilitychange`. */
  page: EventTarget;
  document: EventTarget;
}

const MIRROR_DELAY_MS = 250;
const PREFIX = 'switching-protocols/edits/';

function parse(text: string): SavedLesson | null {
  try {
    return parseLesson(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function createEditsStorage({ local, mirror, page, document }: StorageParts): EditsStorage {
  const pending = new Map<string, SavedLesson>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing = Promise.resolve();
  let [localKeeps, mirrorKeeps] = [true, true];
  let tell: (kept: boolean) => void = () => undefined;
  const healthChanged = () => tell(localKeeps || mirrorKeeps);

  /** What is stored, or null; text that is no record is put aside instead of written over. */
  function read(lesson: string): SavedLesson | null {
    try {
      const text = local().getItem(PREFIX + lesson);
      if (text === null) return null;
      const record = parse(text);
      if (!record) local().setItem(`${PREFIX}${lesson}/unreadable`, text);
      return record;
    } catch {
      localKeeps = false;
      return null;
    }
  }

  function writeLocal(lesson: string, record: SavedLesson): void {
    try {
      local().setItem(PREFIX + lesson, JSON.stringify(record));
      localKeeps = true;
    } catch {
      // Blocked, or full: the mirror has to hold it.
      localKeeps = false;
    }
  }

  async function writeMirror(): Promise<void> {
    for (const [lesson, record] of pending) {
      pending.delete(lesson);
      try {
        await mirror.update(PREFIX + lesson, (old) => {
          const stored = parseLesson(old);
          return stored ? mergeLessons(record, stored) : record;
        });
        mirrorKeeps = true;
      } catch {
        mirrorKeeps = false;
      }
    }
    healthChanged();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(writeMirror);
    return writing;
  }

  page.addEventListener('pagehide', () => void flush());
  document.addEventListener('visibilitychange', () => void flush());

  return {
    read,
    flush,
    async readMirror(lesson) {
      try {
        return parseLesson(await mirror.get(PREFIX + lesson));
      } catch {
        mirrorKeeps = false;
        healthChanged();
        return null;
      }
    },
    write(lesson, record) {
      const stored = read(lesson);
      const merged = stored ? mergeLessons(record, stored) : record;
      writeLocal(lesson, merged);
      pending.set(lesson, merged);
      if (!localKeeps) void flush();
      else timer ??= setTimeout(() => void flush(), MIRROR_DELAY_MS);
      return merged;
    },
    watch(onChange) {
      page.addEventListener('storage', (event) => {
        if ((event as StorageEvent).key?.startsWith(PREFIX)) onChange();
      });
      page.addEventListener('pageshow', onChange);
      document.addEventListener('visibilitychange', onChange);
    },
    onHealth(listener) {
      tell = listener;
    },
  };
}

/** The page's own storage. Without a page (tests that only import) nothing is kept. */
export function browserStorage(): EditsStorage {
  const [page, events] =
    typeof window === 'undefined' ? [new EventTarget(), new EventTarget()] : [window, document];
  return createEditsStorage({ local: () => localStorage, mirror: idb, page, document: events });
}
