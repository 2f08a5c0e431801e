import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { html } from '@codemirror/lang-html';
import { javascript } from '@codemirror/lang-javascript';
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import { EditorView as CodeMirror, highlightActiveLine, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { createDecorations, setDecorations } from './codemirror-decorations.ts';
import type { CreateEditorView, EditorEvents, ShownFile } from './editor-view.ts';
import { changedPart } from './text-change.ts';
import styles from './codemirror.module.css';

/** The tokens are custom properties, so a change of theme needs nothing from here. */
const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.self, tags.bool, tags.null, tags.tagName],
    color: 'var(--c-key)',
    fontWeight: '600',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue], color: 'var(--c-str)' },
  { tag: tags.number, color: 'var(--c-num)' },
  { tag: [tags.propertyName, tags.attributeName], color: 'var(--c-prop)' },
  { tag: [tags.comment, tags.meta], color: 'var(--c-com)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

/** Room kept above and below a line that is brought into view. */
const REVEAL_MARGIN_PX = 40;

function languageOf(file: string): Extension {
  if (/\.[cm]?js$/.test(file)) return javascript();
  return /\.html?$/.test(file) ? html() : [];
}

/** Escape lets the next Tab move the focus, for as long as nothing else is done. CodeMirror's own binding
    does so for two seconds. */
function createLeaving(events: EditorEvents): Extension {
  let armed = false;
  const arm = (next: boolean) => {
    if (armed !== next) events.onArmed((armed = next));
    return false;
  };
  return CodeMirror.domEventHandlers({
    keydown: (event, view) => {
      if (event.key === 'Escape') {
        view.setTabFocusMode(true);
        return arm(true);
      }
      if (['Tab', 'Shift'].includes(event.key)) return false;
      view.setTabFocusMode(false);
      return arm(false);
    },
    blur: (_event, view) => {
      view.setTabFocusMode(false);
      return arm(false);
    },
    pointerdown: (_event, view) => {
      view.setTabFocusMode(false);
      return arm(false);
    },
  });
}

const offsetOf = (doc: Text, line: number, column: number) => {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + Math.max(column, 1) - 1, to);
};

export const createCodeMirrorView: CreateEditorView = (host, events) => {
  let shown: ShownFile | null = null;
  /** States of files that are not shown: their undo history and cursor. */
  const states = new Map<string, EditorState>();
  const naming = new Compartment();
  const named = (label: string) => CodeMirror.contentAttributes.of({ 'aria-label': label });

  const create = ({ text, file, label }: ShownFile) =>
    EditorState.create({
      doc: text,
      extensions: [
        keymap.of([
          { key: 'Mod-Enter', run: () => (events.onRun(), true) },
          { key: 'Mod-.', run: () => (events.onStop(), true) },
        ]),
        createLeaving(events),
        history(),
        indentOnInput(),
        indentUnit.of('  '),
        EditorState.tabSize.of(2),
        bracketMatching(),
        highlightActiveLine(),
        syntaxHighlighting(colours),
        languageOf(file),
        createDecorations(events.onChip),
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        CodeMirror.editorAttributes.of({ class: styles['codemirror']! }),
        naming.of(named(label)),
        CodeMirror.updateListener.of((update) => {
          if (update.docChanged && shown) events.onEdit(shown.id, update.state.doc.toString());
        }),
      ],
    });

  const view = new CodeMirror({ parent: host });

  /** Makes the document read `text` in one step that can be undone, and keeps the cursor near its place. */
  function updateText(text: string): void {
    const before = view.state.doc.toString();
    if (before === text) return;
    const { start, end, text: insert } = changedPart(before, text);
    view.dispatch({ changes: { from: start, to: end, insert } });
  }

  return {
    show(next) {
      if (shown?.id !== next.id) {
        if (shown) states.set(shown.id, view.state);
        // The change of file must not be taken for an edit of the one before it.
        shown = null;
        view.setState(states.get(next.id) ?? create(next));
      }
      updateText(next.text);
      view.dispatch({ effects: [setDecorations.of(next), naming.reconfigure(named(next.label))] });
      shown = next;
    },
    goTo(line, column) {
      const anchor = offsetOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor }, effects: CodeMirror.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    reveal(line) {
      // By hand: CodeMirror's own scrollIntoView also moves what is around the editor, here the swipe panes.
      const { top, bottom } = view.lineBlockAt(offsetOf(view.state.doc, line, 1));
      const { scrollDOM } = view;
      if (top - REVEAL_MARGIN_PX < scrollDOM.scrollTop) scrollDOM.scrollTop = top - REVEAL_MARGIN_PX;
      else if (bottom + REVEAL_MARGIN_PX > scrollDOM.scrollTop + scrollDOM.clientHeight) {
        scrollDOM.scrollTop = bottom + REVEAL_MARGIN_PX - scrollDOM.clientHeight;
      }
    },
    focusAt(start, end) {
      const { length } = view.state.doc;
      view.dispatch({ selection: { anchor: Math.min(start, length), head: Math.min(end, length) } });
      view.focus();
    },
    dispose() {
      view.destroy();
    },
  };
};
