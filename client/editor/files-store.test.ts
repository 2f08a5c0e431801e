import { describe, expect, it } from 'vitest';
import { createEditsStorage } from './edits-storage.ts';
import { createFilesStore } from './files-store.ts';

const originals = { 'client.js': 'a\nb\nc\n', 'server.js': 'listen(8080);\n' };

/** What tabs of one browser share. Each may be switched off. */
function createBrowser() {
  const local = new Map<string, string>();
  const mirror = new Map<string, unknown>();
  const tabs: EventTarget[] = [];
  const browser = { local, mirror, localWorks: true, mirrorWorks: true, time: 1000, openTab };

  function openTab() {
    const [page, document] = [new EventTarget(), new EventTarget()];
    const area = {
      getItem: (key: string) => local.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (!browser.localWorks) throw new DOMException('full', 'QuotaExceededError');
        local.set(key, value);
        for (const other of tabs) {
          if (other !== page) other.dispatchEvent(Object.assign(new Event('storage'), { key }));
        }
      },
    };
    const storage = createEditsStorage({
      local: () => area,
      mirror: {
        get: async <T>(key: IDBValidKey) => {
          if (!browser.mirrorWorks) throw new DOMException('no', 'InvalidStateError');
          return structuredClone(mirror.get(String(key))) as T;
        },
        update: async <T>(key: IDBValidKey, change: (old: T | undefined) => T) => {
          if (!browser.mirrorWorks) throw new DOMException('no', 'InvalidStateError');
          mirror.set(String(key), structuredClone(change(mirror.get(String(key)) as T | undefined)));
        },
      },
      page,
      document,
    });
    const store = createFilesStore(storage, () => browser.time++);
    tabs.push(page);
    const tab = {
      storage,
      get state() {
        return store.getState();
      },
      /** The tab hears nothing more of the others, as one that is frozen or in the back/forward cache. */
      freeze: () => tabs.splice(tabs.indexOf(page), 1),
      wake: () => {
        tabs.push(page);
        page.dispatchEvent(new Event('pageshow'));
      },
    };
    tab.state.open('polling', originals);
    return tab;
  }
  return browser;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('edits', () => {
  it('are there after a reload, without waiting for anything', () => {
    const browser = createBrowser();
    browser.openTab().state.edit('client.js', '你好\n');
    const { state } = browser.openTab();
    expect(state.files).toEqual({ ...originals, 'client.js': '你好\n' });
    expect(state.isChanged('client.js')).toBe(true);
    expect(state.isChanged('server.js')).toBe(false);
  });

  it('belong to their lesson', () => {
    const tab = createBrowser().openTab();
    tab.state.edit('client.js', 'mine');
    tab.state.open('sse', { 'client.js': 'other' });
    expect(tab.state.files).toEqual({ 'client.js': 'other' });
    tab.state.open('polling', originals);
    expect(tab.state.files['client.js']).toBe('mine');
  });

  it('survive a cleared or full localStorage in IndexedDB', async () => {
    const browser = createBrowser();
    const tab = browser.openTab();
    tab.state.edit('client.js', 'first');
    browser.localWorks = false;
    tab.state.edit('client.js', 'second');
    await tab.storage.flush();
    expect(tab.state.storage).toBe('ok');
    browser.local.clear();
    const reloaded = browser.openTab();
    await settle();
    expect(reloaded.state.files['client.js']).toBe('second');
    expect(reloaded.state.conflicts).toEqual([]);
  });

  it('prefer what localStorage has when IndexedDB lags behind', async () => {
    const browser = createBrowser();
    const tab = browser.openTab();
    tab.state.edit('client.js', 'first');
    await tab.storage.flush();
    tab.state.edit('client.js', 'second');
    const reloaded = browser.openTab();
    await settle();
    expect(reloaded.state.files['client.js']).toBe('second');
    expect(reloaded.state.conflicts).toEqual([]);
  });

  it('say so when nothing can be kept', async () => {
    const browser = createBrowser();
    browser.localWorks = false;
    browser.mirrorWorks = false;
    const tab = browser.openTab();
    await settle();
    tab.state.edit('client.js', 'mine');
    await tab.storage.flush();
    expect(tab.state.storage).toBe('unavailable');
    expect(tab.state.files['client.js']).toBe('mine');
    browser.mirrorWorks = true;
    tab.state.edit('client.js', 'mine too');
    await tab.storage.flush();
    expect(tab.state.storage).toBe('ok');
  });

  it('do not write over what they cannot read', () => {
    const browser = createBrowser();
    browser.local.set('switching-protocols/edits/polling', '{"format":2}');
    browser.openTab().state.edit('client.js', 'mine');
    expect(browser.local.get('switching-protocols/edits/polling/unreadable')).toBe('{"format":2}');
  });

  it('stay when the lesson gets a new edition, and say that they are older', () => {
    const browser = createBrowser();
    const tab = browser.openTab();
    tab.state.edit('client.js', 'mine');
    tab.state.open('polling', { ...originals, 'client.js': 'new edition', 'server.js': 'new too' });
    expect(tab.state.files).toEqual({ 'client.js': 'mine', 'server.js': 'new too' });
    expect(tab.state.outdated).toEqual(['client.js']);
    tab.state.reset('client.js');
    expect(tab.state.files['client.js']).toBe('new edition');
    expect(tab.state.outdated).toEqual([]);
  });

  it('count lines against the original', () => {
    const { state } = createBrowser().openTab();
    state.edit('client.js', 'a\nB\nc\nd\n');
    expect(state.changedLines('client.js')).toEqual({ added: 2, removed: 1 });
    expect(state.changedLines('server.js')).toEqual({ added: 0, removed: 0 });
  });
});

describe('reset', () => {
  it('can be undone until the next edit of that file', () => {
    const tab = createBrowser().openTab();
    tab.state.edit('client.js', 'mine');
    tab.state.reset('client.js');
    expect(tab.state.files['client.js']).toBe(originals['client.js']);
    expect(tab.state.resetUndo).toEqual({ 'client.js': 'mine' });
    tab.state.edit('server.js', 'other file');
    tab.state.undoReset('client.js');
    expect(tab.state.files['client.js']).toBe('mine');
    expect(tab.state.resetUndo).toEqual({});
    tab.state.reset('client.js');
    tab.state.edit('client.js', 'next');
    expect(tab.state.resetUndo).toEqual({});
  });

  it('can be undone after a reload', () => {
    const browser = createBrowser();
    const { state } = browser.openTab();
    state.edit('client.js', 'mine');
    state.reset();
    const reloaded = browser.openTab();
    expect(reloaded.state.files).toEqual(originals);
    reloaded.state.undoReset();
    expect(reloaded.state.files['client.js']).toBe('mine');
  });

  it('of an unchanged file does nothing', () => {
    const tab = createBrowser().openTab();
    tab.state.edit('client.js', 'mine');
    tab.state.reset('client.js');
    tab.state.reset('client.js');
    expect(tab.state.resetUndo).toEqual({ 'client.js': 'mine' });
  });
});

describe('two tabs', () => {
  it('show each other’s edits, in turn, without a conflict', () => {
    const browser = createBrowser();
    const [one, two] = [browser.openTab(), browser.openTab()];
    one.state.edit('client.js', '1');
    two.state.edit('client.js', '12');
    one.state.edit('client.js', '123');
    one.state.edit('client.js', '1234');
    expect(two.state.files['client.js']).toBe('1234');
    expect([one.state.conflicts, two.state.conflicts]).toEqual([[], []]);
  });

  it('keep the older of two edits made without knowing of each other, until it is dealt with', () => {
    const browser = createBrowser();
    const [one, two] = [browser.openTab(), browser.openTab()];
    two.freeze();
    one.state.edit('client.js', 'from one');
    two.state.edit('client.js', 'from two');
    for (const tab of [one, two]) {
      expect(tab.state.files['client.js']).toBe('from two');
      expect(tab.state.conflicts.map((copy) => copy.text)).toEqual(['from one']);
    }
    two.wake();
    one.state.takeConflict(one.state.conflicts[0]!.id);
    for (const tab of [one, two]) {
      expect(tab.state.files['client.js']).toBe('from one');
      expect(tab.state.conflicts.map((copy) => copy.text)).toEqual(['from two']);
    }
    two.state.dismissConflict(two.state.conflicts[0]!.id);
    expect([one.state.conflicts, two.state.conflicts]).toEqual([[], []]);
  });

  it('take in what happened while one slept', () => {
    const browser = createBrowser();
    const [one, two] = [browser.openTab(), browser.openTab()];
    one.freeze();
    two.state.edit('client.js', 'from two');
    one.wake();
    one.state.edit('client.js', 'from two and one');
    expect(two.state.files['client.js']).toBe('from two and one');
    expect(two.state.conflicts).toEqual([]);
  });

  it('do not bring a dismissed copy back from IndexedDB', async () => {
    const browser = createBrowser();
    const [one, two] = [browser.openTab(), browser.openTab()];
    two.freeze();
    one.state.edit('client.js', 'from one');
    two.state.edit('client.js', 'from two');
    await Promise.all([one.storage.flush(), two.storage.flush()]);
    one.state.dismissConflict(one.state.conflicts[0]!.id);
    const reloaded = browser.openTab();
    await settle();
    expect(reloaded.state.conflicts).toEqual([]);
  });
});

describe('patches', () => {
  const patch = { id: 'b', file: 'client.js', find: 'b\n', replace: 'B\n' };

  it('apply to the learner’s file and can be taken back', () => {
    const tab = createBrowser().openTab();
    tab.state.edit('client.js', 'a\nb\nc\nmine\n');
    expect(tab.state.patchState(patch)).toBe('available');
    expect(tab.state.applyPatch(patch)).toBe(true);
    expect(tab.state.files['client.js']).toBe('a\nB\nc\nmine\n');
    expect(tab.state.patchState(patch)).toBe('applied');
    expect(tab.state.revertPatch(patch)).toBe(true);
    expect(tab.state.files['client.js']).toBe('a\nb\nc\nmine\n');
  });

  it('conflict with a file that the lesson does not have', () => {
    const { state } = createBrowser().openTab();
    expect(state.patchState({ ...patch, file: 'none.js' })).toBe('conflict');
    expect(state.applyPatch({ ...patch, file: 'none.js' })).toBe(false);
  });
});

describe('files of a run', () => {
  it('are those at the moment of Run, and the wire’s only once the run is on it', () => {
    const tab = createBrowser().openTab();
    tab.state.noteRun();
    tab.state.noteWire();
    tab.state.edit('client.js', 'mine');
    tab.state.noteRun();
    expect(tab.state.lastRunFiles?.['client.js']).toBe('mine');
    expect(tab.state.wireFiles).toEqual(originals);
  });
});
