import { chipClass } from './chip-class.ts';
import type { EditorEvents, ShownFile } from './editor-view.ts';
import type { Chip, ErrorMark, LineMark } from './marks.ts';
import { editor, MarkerSeverity, Range } from './monaco-core.ts';
import decor from './decor.module.css';
import styles from './monaco.module.css';

type Decorations = editor.IModelDeltaDecoration[];

const NO_CURSOR = editor.InjectedTextCursorStops.None;
const STAY = editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges;

const wholeLine = (model: editor.ITextModel, line: number) =>
  new Range(line, 1, line, model.getLineMaxColumn(line));

function lineEnd(model: editor.ITextModel, line: number): Range {
  const end = model.getLineMaxColumn(line);
  return new Range(line, end, line, end);
}

/** Text behind a line that is no part of the file. */
function note(
  model: editor.ITextModel,
  line: number,
  content: string,
  inlineClassName: string,
): Decorations[number] {
  const after = {
    content,
    inlineClassName,
    inlineClassNameAffectsLetterSpacing: true,
    cursorStops: NO_CURSOR,
  };
  return { range: lineEnd(model, line), options: { showIfCollapsed: true, stickiness: STAY, after } };
}

function markDecorations(model: editor.ITextModel, { line }: LineMark): Decorations[number] {
  return {
    range: wholeLine(model, line),
    options: {
      isWholeLine: true,
      stickiness: STAY,
      className: decor['mark']!,
      marginClassName: decor['mark']!,
      lineNumberClassName: styles['markedNumber']!,
      inlineClassName: styles['markedText']!,
    },
  };
}

function errorDecorations(model: editor.ITextModel, { line, message }: ErrorMark): Decorations {
  const options = {
    isWholeLine: true,
    stickiness: STAY,
    className: decor['error']!,
    marginClassName: decor['error']!,
    lineNumberClassName: styles['errorNumber']!,
  };
  return [{ range: wholeLine(model, line), options }, note(model, line, message, decor['errorNote']!)];
}

/** The squiggle goes under the word that the error points at, or under one character. */
function errorMarker(model: editor.ITextModel, { line, column, message }: ErrorMark): editor.IMarkerData {
  const word = model.getWordAtPosition({ lineNumber: line, column });
  return {
    severity: MarkerSeverity.Error,
    message,
    startLineNumber: line,
    startColumn: word?.startColumn ?? column,
    endLineNumber: line,
    endColumn: word?.endColumn ?? column + 1,
  };
}

/** Draws marks, chips, the error and the signs of added lines; tells of clicks on chips. */
export function createMonacoDecorations(view: editor.ICodeEditor, onChip: EditorEvents['onChip']) {
  const drawn = view.createDecorationsCollection();
  let chips: Chip[] = [];

  view.onMouseDown(({ target, event }) => {
    const name = [...(target.element?.classList ?? [])].find((each) => each.startsWith('chip-'));
    const chip = name && chips[Number(name.slice('chip-'.length))];
    if (!chip) return;
    event.preventDefault();
    onChip(chip.next);
  });

  return {
    show({ marks, error, added }: ShownFile, model: editor.ITextModel): void {
      const within = (line: number) => line <= model.getLineCount();
      chips = [];
      const next: Decorations = [];
      for (const mark of marks) {
        if (!within(mark.line)) continue;
        next.push(markDecorations(model, mark));
        for (const [index, chip] of mark.chips.entries()) {
          const name = `${chipClass(chip, index)} chip-${chips.push(chip) - 1}`;
          next.push(note(model, mark.line, chip.text, name));
        }
      }
      for (const line of added.filter(within)) {
        const options = { linesDecorationsClassName: styles['added']!, stickiness: STAY };
        next.push({ range: new Range(line, 1, line, 1), options });
      }
      const shownError = error && within(error.line) ? error : null;
      if (shownError) next.push(...errorDecorations(model, shownError));
      drawn.set(next);
      editor.setModelMarkers(model, 'run', shownError ? [errorMarker(model, shownError)] : []);
    },
  };
}
