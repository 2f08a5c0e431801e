/**
 * The learner's code: kept, edited, compared with the lesson's, and marked with what ran.
 *
 * In: the files of a lesson (`useFiles.open`), patches of its steps, what is followed (`useLab`), places to
 * go to (`openPosition`). Out: the two panes of code; `useFiles.getState().files`, which Run sends; presses
 * of Run and Stop; clicks on the numbered boxes, as selections; the lines that were run.
 * Knows nothing of: how a run is made, recorded or drawn.
 *
 * Monaco and CodeMirror are loaded when a pane is on the screen, never before.
 */
export { CodePane } from './CodePane.tsx';
export { useFiles } from './files-store.ts';
export { openPosition, useEditorFocus } from './focus-store.ts';
export { lineOfLastRun, lineOfWire } from './places.ts';
export { hashText } from './saved-edits.ts';
