/** Underlines what goes wrong when the line runs: errors of syntax as errors, mistakes as warnings. */
import { onLanguageChange, textOf } from '../../i18n/index.ts';
import { editor, MarkerSeverity, type IDisposable } from '../monaco-core.ts';
import type { Problem } from './problem.ts';
import { rangeOf, serviceFor } from './service.ts';

/** Typing pauses for this long before a file is checked. */
const CHECK_DELAY_MS = 300;

function wordsOf(problem: Problem): string {
  if (problem.kind === 'syntax') return problem.message;
  const { kind, name, suggestion, module } = problem;
  return textOf(`editor:mistake.${kind}`, { name, suggestion, module });
}

function markerOf(model: editor.ITextModel, problem: Problem): editor.IMarkerData {
  const { startLineNumber, startColumn, endLineNumber, endColumn } = rangeOf(model, problem);
  return {
    severity: problem.kind === 'syntax' ? MarkerSeverity.Error : MarkerSeverity.Warning,
    message: wordsOf(problem),
    startLineNumber,
    startColumn,
    endLineNumber,
    endColumn,
  };
}

async function check(model: editor.ITextModel): Promise<void> {
  const version = model.getVersionId();
  const service = await serviceFor(model);
  const found = await service.getProblems(model.uri.toString());
  if (model.isDisposed() || model.getVersionId() !== version) return;
  editor.setModelMarkers(
    model,
    'problems',
    found.map((problem) => markerOf(model, problem)),
  );
}

/** Checks a model now, after each pause in typing, and in each language chosen, until it is disposed. */
export function watchProblems(model: editor.ITextModel): IDisposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (delay: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(model), delay);
  };
  later(0);
  const listening = model.onDidChangeContent(() => later(CHECK_DELAY_MS));
  const leave = onLanguageChange(() => later(0));
  const dispose = () => {
    clearTimeout(timer);
    listening.dispose();
    leave();
  };
  model.onWillDispose(dispose);
  return { dispose };
}
