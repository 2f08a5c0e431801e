import { create } from 'zustand';
import type { SourcePosition } from '#protocol/errors';

export interface EditorFocus {
  /**
   * Where the cursor was asked to go. A new object with every request, so that the same place can be asked
   * for twice. A screen that shows one pane at a time brings the code to the front when it changes.
   */
  target: { position: SourcePosition } | null;
}

export const useEditorFocus = create<EditorFocus>()(() => ({ target: null }));

/** Shows the file that has this place of the last run, and puts the cursor there. */
export function openPosition(position: SourcePosition): void {
  useEditorFocus.setState({ target: { position } });
}
