import type { Selection } from '../capture/run.ts';
import type { ErrorMark, LineMark } from './marks.ts';

/** What an editor shows: the same for Monaco, CodeMirror and the plain text field. */
export interface ShownFile {
  /** One undo history, cursor and scroll position per id. */
  id: string;
  file: string;
  side: 'browser' | 'server';
  text: string;
  /** The other files of this side, which this one may import. */
  beside: { id: string; file: string; text: string }[];
  marks: LineMark[];
  error: ErrorMark | null;
  /** Lines that are not in the lesson's original. */
  added: number[];
  /** Name of the editor for assistive technology. */
  label: string;
}

export interface EditorEvents {
  onEdit(id: string, text: string): void;
  onRun(): void;
  onStop(): void;
  onChip(next: Selection): void;
  /** Escape was pressed with nothing open: the next Tab leaves the editor. False when that has passed. */
  onArmed(armed: boolean): void;
}

/** An editor without React. Whoever creates one disposes it. */
export interface EditorView {
  show(shown: ShownFile): void;
  /** Puts the cursor there and takes the focus. */
  goTo(line: number, column: number): void;
  /** Scrolls a line into view without touching cursor and focus. */
  reveal(line: number): void;
  /** Takes over from the plain text field, with its cursor (UTF-16 offsets). */
  focusAt(start: number, end: number): void;
  dispose(): void;
}

export type CreateEditorView = (host: HTMLElement, events: EditorEvents) => EditorView;
