/**
 * The language service as the providers ask it. Monaco's own binding is not used: it brings every feature
 * of the editor with it, and mixes both sides' files into one program.
 */
import type ts from 'typescript';
import { editor, Range } from '../monaco-core.ts';
import { modelsBeside } from '../monaco-models.ts';
import type { LanguageWorker } from './language.worker.ts';

let worker: editor.MonacoWebWorker<LanguageWorker> | undefined;

/** The worker's answers, once it knows the model and the other files of its side as they are now. */
export function serviceFor(model: editor.ITextModel): Promise<LanguageWorker> {
  if (!worker) {
    const thread = new Worker(new URL('./language.worker.ts', import.meta.url), {
      type: 'module',
      name: 'language',
    });
    // The worker reads its first message as the parameters of `initialize`.
    thread.postMessage({});
    worker = editor.createWebWorker<LanguageWorker>({ worker: thread, keepIdleModels: true });
  }
  return worker.withSyncedResources(modelsBeside(model).map(({ uri }) => uri));
}

export function rangeOf(model: editor.ITextModel, span: ts.TextSpan): Range {
  const [start, end] = [model.getPositionAt(span.start), model.getPositionAt(span.start + span.length)];
  return new Range(start.lineNumber, start.column, end.lineNumber, end.column);
}
