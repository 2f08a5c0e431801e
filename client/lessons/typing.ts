/** Where a key is text, or belongs to the control that has the focus. */
const TAKES_TEXT =
  'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], .monaco-editor, .cm-editor, dialog';

/** Whether a key that was pressed is text, or belongs to the control that has the focus. */
export const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest(TAKES_TEXT) !== null;
