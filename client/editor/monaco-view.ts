import type { CreateEditorView, EditorView, ShownFile } from './editor-view.ts';
import { metricsOf } from './editor-metrics.ts';
import { createMonacoDecorations } from './monaco-decorations.ts';
import { editor, KeyCode, KeyMod, type IDisposable } from './monaco-core.ts';
import { keepViewState, modelOf } from './monaco-models.ts';
import { followTheme } from './monaco-theme.ts';
import styles from './monaco.module.css';

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  model: null,
  automaticLayout: true,
  fixedOverflowWidgets: true,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  scrollBeyondLastLine: false,
  padding: { top: 8, bottom: 8 },
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 18,
  glyphMargin: false,
  // The column behind the numbers belongs to the sign of added lines.
  showFoldingControls: 'never',
  fontLigatures: false,
  wordWrap: 'off',
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  renderWhitespace: 'none',
  renderFinalNewline: 'on',
  guides: { indentation: false, bracketPairs: false },
  detectIndentation: false,
  tabSize: 2,
  contextmenu: false,
  cursorBlinking: reducedMotion ? 'solid' : 'blink',
  suggest: { showWords: true, preview: false },
};

/**
 * The language service is several times the weight of the editor, so it starts when somebody puts the
 * cursor into code, not when somebody reads.
 */
async function startLanguageService(model: editor.ITextModel): Promise<void> {
  const [{ watchProblems }] = await Promise.all([
    import('./language/markers.ts'),
    import('./language/providers.ts'),
  ]);
  if (!model.isDisposed()) watchProblems(model);
}

/**
 * Escape that no widget of the editor wanted lets the next Tab move the focus. Monaco stops the event when
 * it closes something, so whatever bubbles up to here is meant for leaving.
 */
function createLeaving(host: HTMLElement, view: editor.ICodeEditor, onArmed: (armed: boolean) => void) {
  let armed = false;
  const arm = (next: boolean) => {
    if (armed === next) return;
    armed = next;
    view.updateOptions({ tabFocusMode: next });
    onArmed(next);
  };
  host.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') arm(true);
  });
  host.addEventListener(
    'keydown',
    ({ key }) => {
      if (!['Escape', 'Tab', 'Shift'].includes(key)) arm(false);
    },
    { capture: true },
  );
  view.onDidBlurEditorWidget(() => arm(false));
  view.onMouseDown(() => arm(false));
}

export const createMonacoView: CreateEditorView = (host, events) => {
  followTheme();
  const container = host.appendChild(document.createElement('div'));
  container.className = styles['monaco']!;
  let metrics = metricsOf(host);
  const view = editor.create(container, { ...OPTIONS, ...metrics });
  const decorations = createMonacoDecorations(view, events.onChip);
  const checked = new WeakSet<editor.ITextModel>();
  let shown: ShownFile | null = null;

  view.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => events.onRun());
  view.addCommand(KeyMod.CtrlCmd | KeyCode.Period, () => events.onStop());
  createLeaving(host, view, events.onArmed);

  const startService = () => {
    const model = view.getModel();
    if (!view.hasTextFocus() || model?.getLanguageId() !== 'javascript' || checked.has(model)) return;
    checked.add(model);
    void startLanguageService(model);
  };
  const listening: IDisposable[] = [
    view.onDidFocusEditorText(startService),
    view.onDidChangeModel(startService),
    view.onDidChangeModelContent(() => {
      if (shown) events.onEdit(shown.id, view.getValue({ preserveBOM: true, lineEnding: '\n' }));
    }),
  ];

  const resized = new ResizeObserver(() => {
    const next = metricsOf(host);
    if (JSON.stringify(next) !== JSON.stringify(metrics)) view.updateOptions((metrics = next));
  });
  resized.observe(host);
  // Widths that were measured before the web font arrived put the cursor beside the letters.
  const remeasure = () => editor.remeasureFonts();
  document.fonts.addEventListener('loadingdone', remeasure);

  return {
    show(next) {
      const opened = modelOf(next);
      for (const beside of next.beside) modelOf({ ...next, ...beside });
      if (view.getModel() !== opened.model) {
        if (shown) keepViewState(shown.id, view.saveViewState());
        // The change of model must not be taken for an edit of the file before it.
        shown = null;
        view.setModel(opened.model);
        view.restoreViewState(opened.view);
      }
      if (shown?.label !== next.label) view.updateOptions({ ariaLabel: next.label });
      shown = next;
      decorations.show(next, opened.model);
    },
    goTo(lineNumber, column) {
      view.setPosition({ lineNumber, column });
      view.revealLineInCenterIfOutsideViewport(lineNumber);
      view.focus();
    },
    reveal(line) {
      view.revealLineInCenterIfOutsideViewport(line);
    },
    focusAt(start, end) {
      const model = view.getModel();
      if (!model) return;
      const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
      view.setSelection({
        selectionStartLineNumber: from.lineNumber,
        selectionStartColumn: from.column,
        positionLineNumber: to.lineNumber,
        positionColumn: to.column,
      });
      view.focus();
    },
    dispose() {
      for (const each of listening) each.dispose();
      resized.disconnect();
      document.fonts.removeEventListener('loadingdone', remeasure);
      view.dispose();
      container.remove();
    },
  } satisfies EditorView;
};
