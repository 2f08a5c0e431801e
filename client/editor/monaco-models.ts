import { editor, Range, Uri } from './monaco-core.ts';
import type { ShownFile } from './editor-view.ts';
import { changedPart } from './text-change.ts';

interface OpenModel {
  model: editor.ITextModel;
  view: editor.ICodeEditorViewState | null;
}

const open = new Map<string, OpenModel>();

function languageOf(file: string): string {
  if (/\.[cm]?js$/.test(file)) return 'javascript';
  return /\.html?$/.test(file) ? 'html' : 'plaintext';
}

/** The model of a file, with its undo history; made at the first request. Models of other lessons end. */
export function modelOf({
  id,
  file,
  side,
  text,
}: Pick<ShownFile, 'id' | 'file' | 'side' | 'text'>): OpenModel {
  const lesson = id.slice(0, id.indexOf('/'));
  for (const [other, { model }] of open) {
    if (other.startsWith(`${lesson}/`)) continue;
    open.delete(other);
    model.dispose();
  }
  const known = open.get(id);
  if (known) {
    updateText(known.model, text);
    return known;
  }
  const model = editor.createModel(text, languageOf(file), Uri.parse(`file:///${side}/${id}`));
  model.setEOL(editor.EndOfLineSequence.LF);
  model.updateOptions({
    tabSize: 2,
    indentSize: 2,
    insertSpaces: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  const opened: OpenModel = { model, view: null };
  open.set(id, opened);
  return opened;
}

/** The models of one side, the given one's. */
export function modelsBeside({ uri }: editor.ITextModel): editor.ITextModel[] {
  const side = uri.path.split('/')[1];
  return [...open.values()].map(({ model }) => model).filter((each) => each.uri.path.split('/')[1] === side);
}

/** Makes the model read `text`, as one step that can be undone. */
function updateText(model: editor.ITextModel, text: string): void {
  const before = model.getValue(editor.EndOfLinePreference.LF);
  if (before === text) return;
  const part = changedPart(before, text);
  const [start, end] = [model.getPositionAt(part.start), model.getPositionAt(part.end)];
  const range = new Range(start.lineNumber, start.column, end.lineNumber, end.column);
  model.pushStackElement();
  model.pushEditOperations(null, [{ range, text: part.text, forceMoveMarkers: true }], () => null);
  model.pushStackElement();
}

/** Remembers cursor and scroll position of a file that is not shown for a while. */
export function keepViewState(id: string, view: editor.ICodeEditorViewState | null): void {
  const known = open.get(id);
  if (known) known.view = view;
}
