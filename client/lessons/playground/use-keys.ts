import { useEffect, useRef } from 'react';
import { stepLatency } from '../../console/index.ts';
import { handleTimelineKey } from '../../diagram/index.ts';
import { useLab } from '../../lab/index.ts';
import { usePanes } from '../panes.ts';
import { isTyping } from '../typing.ts';

interface Actions {
  run: () => void;
  stop: () => void;
  toggleBytes: () => void;
  showKeys: () => void;
}

/** Where the focus of an editor is: Monaco's edit context or text area, CodeMirror's content. */
const EDITABLE = '.native-edit-context, textarea, .cm-content';

const focusEditor = (pane: string) => {
  usePanes.getState().show('code');
  document.querySelector<HTMLElement>(`#${pane} :is(${EDITABLE})`)?.focus();
};

/** The keys of the lesson. Those with a modifier work everywhere, single ones outside of text. */
export function useKeys(actions: Actions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });

  useEffect(() => {
    const withModifier: Record<string, () => void> = {
      Enter: () => latest.current.run(),
      '.': () => latest.current.stop(),
    };
    const single: Record<string, () => void> = {
      '1': () => focusEditor('pane-client'),
      '2': () => focusEditor('pane-server'),
      b: () => latest.current.toggleBytes(),
      x: () => void useLab.getState().cut(),
      '[': () => stepLatency(-1),
      ']': () => stepLatency(1),
      r: () => usePanes.getState().toggleDrawer(),
      '?': () => latest.current.showKeys(),
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const modified = event.ctrlKey || event.metaKey;
      if (!modified && isTyping(event)) return;
      const action = (modified ? withModifier : single)[
        event.key.length === 1 ? event.key.toLowerCase() : event.key
      ];
      if (action) {
        event.preventDefault();
        action();
      } else if (!modified) handleTimelineKey(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
