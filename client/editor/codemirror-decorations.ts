import { RangeSet, StateEffect, StateField, type Extension, type Range, type Text } from '@codemirror/state';
import {
  Decoration,
  EditorView as CodeMirror,
  gutter,
  gutterLineClass,
  GutterMarker,
  lineNumbers,
  WidgetType,
  type DecorationSet,
} from '@codemirror/view';
import { chipClass } from './chip-class.ts';
import type { EditorEvents, ShownFile } from './editor-view.ts';
import type { Chip } from './marks.ts';
import decor from './decor.module.css';
import styles from './codemirror.module.css';

/** Draws what belongs to the lines of the shown file; between two of these, edits move it along. */
export const setDecorations = StateEffect.define<Pick<ShownFile, 'marks' | 'error' | 'added'>>();

interface Drawn {
  lines: DecorationSet;
  gutter: RangeSet<GutterMarker>;
  signs: RangeSet<GutterMarker>;
}

class LineClass extends GutterMarker {
  constructor(override readonly elementClass: string) {
    super();
  }
}

const SIGN = new (class extends GutterMarker {
  override toDOM() {
    return document.createTextNode('+');
  }
})();

const MARKED = new LineClass(`${decor['mark']} ${styles['markedNumber']}`);
const FAILED = new LineClass(`${decor['error']} ${styles['errorNumber']}`);

class ChipWidget extends WidgetType {
  constructor(
    readonly chip: Chip,
    readonly index: number,
    readonly onChip: EditorEvents['onChip'],
  ) {
    super();
  }

  override eq({ chip, index }: ChipWidget): boolean {
    return index === this.index && JSON.stringify(chip) === JSON.stringify(this.chip);
  }

  override toDOM(): HTMLElement {
    const { text, next } = this.chip;
    const box = document.createElement('span');
    box.className = `${chipClass(this.chip, this.index)} ${styles['chip']}`;
    box.textContent = text;
    box.addEventListener('click', () => this.onChip(next));
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

class NoteWidget extends WidgetType {
  constructor(readonly text: string) {
    super();
  }

  override eq({ text }: NoteWidget): boolean {
    return text === this.text;
  }

  override toDOM(): HTMLElement {
    const note = document.createElement('span');
    note.className = decor['errorNote']!;
    note.textContent = this.text;
    return note;
  }
}

function draw(
  doc: Text,
  shown: Pick<ShownFile, 'marks' | 'error' | 'added'>,
  onChip: EditorEvents['onChip'],
): Drawn {
  const lines: Range<Decoration>[] = [];
  const classes: Range<GutterMarker>[] = [];
  const within = (line: number) => line <= doc.lines;
  for (const { line, chips } of shown.marks) {
    if (!within(line)) continue;
    const { from, to } = doc.line(line);
    lines.push(Decoration.line({ class: `${decor['mark']} ${styles['marked']}` }).range(from));
    classes.push(MARKED.range(from));
    chips.forEach((chip, index) => {
      lines.push(Decoration.widget({ widget: new ChipWidget(chip, index, onChip), side: 1 }).range(to));
    });
  }
  if (shown.error && within(shown.error.line)) {
    const { from, to } = doc.line(shown.error.line);
    const start = Math.min(from + shown.error.column - 1, to);
    lines.push(Decoration.line({ class: decor['error']! }).range(from));
    if (start < to) lines.push(Decoration.mark({ class: styles['squiggle']! }).range(start, to));
    lines.push(Decoration.widget({ widget: new NoteWidget(shown.error.message), side: 2 }).range(to));
    classes.push(FAILED.range(from));
  }
  const signs = shown.added.filter(within).map((line) => SIGN.range(doc.line(line).from));
  return {
    lines: Decoration.set(lines, true),
    gutter: RangeSet.of(classes, true),
    signs: RangeSet.of(signs, true),
  };
}

/** Line numbers, the signs of added lines, marks with chips, and the error. */
export function createDecorations(onChip: EditorEvents['onChip']): Extension {
  const field = StateField.define<Drawn>({
    create: () => ({ lines: Decoration.none, gutter: RangeSet.empty, signs: RangeSet.empty }),
    update(drawn, { changes, effects, newDoc }) {
      let { lines, gutter: classes, signs } = drawn;
      if (!changes.empty)
        [lines, classes, signs] = [lines.map(changes), classes.map(changes), signs.map(changes)];
      let next: Drawn = { lines, gutter: classes, signs };
      for (const effect of effects) if (effect.is(setDecorations)) next = draw(newDoc, effect.value, onChip);
      return next;
    },
    provide: (drawn) => [
      CodeMirror.decorations.from(drawn, ({ lines }) => lines),
      gutterLineClass.from(drawn, ({ gutter: classes }) => classes),
    ],
  });
  const signs = gutter({ class: styles['signs']!, markers: ({ state }) => state.field(field).signs });
  return [field, lineNumbers(), signs];
}
