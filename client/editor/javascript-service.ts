/**
 * Completion, hover, parameter hints and syntax errors for the learner's JavaScript. Monaco's own binding
 * is not used: it brings every feature of the editor with it, and mixes both files into one program.
 */
import type ts from 'typescript';
import { editor, languages, MarkerSeverity, Range, type IDisposable, type IPosition } from './monaco-core.ts';
import type { TypeScriptWorker } from 'monaco-editor/languages/features/typescript/tsWorker.js';

/** Typing pauses for this long before syntax is checked. */
const CHECK_DELAY_MS = 300;

let worker: editor.MonacoWebWorker<TypeScriptWorker> | undefined;

/** The worker's answers, once it knows the model as it is now. */
function serviceFor(model: editor.ITextModel): Promise<TypeScriptWorker> {
  if (!worker) {
    const thread = new Worker(new URL('./javascript.worker.ts', import.meta.url), {
      type: 'module',
      name: 'javascript',
    });
    // The worker reads its first message as the parameters of `initialize`.
    thread.postMessage({});
    worker = editor.createWebWorker<TypeScriptWorker>({ worker: thread, keepIdleModels: true });
  }
  return worker.withSyncedResources([model.uri]);
}

const plain = (parts: ts.SymbolDisplayPart[] | undefined) => (parts ?? []).map((part) => part.text).join('');

function rangeOf(model: editor.ITextModel, span: ts.TextSpan): Range {
  const [start, end] = [model.getPositionAt(span.start), model.getPositionAt(span.start + span.length)];
  return new Range(start.lineNumber, start.column, end.lineNumber, end.column);
}

const Item = languages.CompletionItemKind;

/** Keyed by `ts.ScriptElementKind`. */
const KINDS: Record<string, languages.CompletionItemKind> = {
  keyword: Item.Keyword,
  'primitive type': Item.Keyword,
  var: Item.Variable,
  let: Item.Variable,
  const: Item.Variable,
  'local var': Item.Variable,
  parameter: Item.Variable,
  property: Item.Field,
  getter: Item.Field,
  setter: Item.Field,
  function: Item.Function,
  'local function': Item.Function,
  method: Item.Function,
  class: Item.Class,
  interface: Item.Interface,
  module: Item.Module,
};

interface Suggestion extends languages.CompletionItem {
  of: { model: editor.ITextModel; offset: number };
}

const completion: languages.CompletionItemProvider = {
  triggerCharacters: ['.'],
  async provideCompletionItems(model, position) {
    const offset = model.getOffsetAt(position);
    const word = model.getWordUntilPosition(position);
    const wordRange = new Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn);
    const service = await serviceFor(model);
    const found = await service.getCompletionsAtPosition(model.uri.toString(), offset);
    if (!found || model.isDisposed()) return undefined;
    const suggestions = found.entries.map((entry): Suggestion => {
      const deprecated = entry.kindModifiers?.includes('deprecated');
      return {
        label: entry.name,
        insertText: entry.name,
        sortText: entry.sortText,
        kind: KINDS[entry.kind] ?? Item.Property,
        range: entry.replacementSpan ? rangeOf(model, entry.replacementSpan) : wordRange,
        tags: deprecated ? [languages.CompletionItemTag.Deprecated] : [],
        of: { model, offset },
      };
    });
    return { suggestions };
  },
  async resolveCompletionItem(item) {
    const { model, offset } = (item as Suggestion).of;
    if (model.isDisposed()) return item;
    const service = await serviceFor(model);
    const details = await service.getCompletionEntryDetails(model.uri.toString(), offset, String(item.label));
    if (!details) return item;
    return {
      ...item,
      detail: plain(details.displayParts),
      documentation: { value: plain(details.documentation) },
    };
  },
};

const hover: languages.HoverProvider = {
  async provideHover(model, position) {
    const service = await serviceFor(model);
    const info = await service.getQuickInfoAtPosition(model.uri.toString(), model.getOffsetAt(position));
    if (!info || model.isDisposed()) return undefined;
    const signature = { value: '```javascript\n' + plain(info.displayParts) + '\n```\n' };
    return {
      range: rangeOf(model, info.textSpan),
      contents: [signature, { value: plain(info.documentation) }],
    };
  },
};

function signatureOf(item: ts.SignatureHelpItem): languages.SignatureInformation {
  let label = plain(item.prefixDisplayParts);
  const parameters = item.parameters.map((parameter, index): languages.ParameterInformation => {
    if (index > 0) label += plain(item.separatorDisplayParts);
    const start = label.length;
    label += plain(parameter.displayParts);
    return { label: [start, label.length], documentation: { value: plain(parameter.documentation) } };
  });
  label += plain(item.suffixDisplayParts);
  return { label, parameters, documentation: { value: plain(item.documentation) } };
}

const signatures: languages.SignatureHelpProvider = {
  signatureHelpTriggerCharacters: ['(', ','],
  async provideSignatureHelp(model: editor.ITextModel, position: IPosition) {
    const service = await serviceFor(model);
    const help = await service.getSignatureHelpItems(model.uri.toString(), model.getOffsetAt(position), {});
    if (!help || model.isDisposed()) return undefined;
    const { selectedItemIndex: activeSignature, argumentIndex: activeParameter, items } = help;
    return {
      value: { activeSignature, activeParameter, signatures: items.map(signatureOf) },
      dispose: () => undefined,
    };
  },
};

const textOf = (message: string | ts.DiagnosticMessageChain) =>
  typeof message === 'string' ? message : message.messageText;

async function check(model: editor.ITextModel): Promise<void> {
  const version = model.getVersionId();
  const service = await serviceFor(model);
  const found = await service.getSyntacticDiagnostics(model.uri.toString());
  if (model.isDisposed() || model.getVersionId() !== version) return;
  const markers = found.map((each): editor.IMarkerData => {
    const { startLineNumber, startColumn, endLineNumber, endColumn } = rangeOf(model, {
      start: each.start ?? 0,
      length: each.length ?? 1,
    });
    const message = textOf(each.messageText);
    return {
      severity: MarkerSeverity.Error,
      message,
      startLineNumber,
      startColumn,
      endLineNumber,
      endColumn,
    };
  });
  editor.setModelMarkers(model, 'syntax', markers);
}

/** Checks the syntax of a model now and after each pause in typing, until it is disposed. */
export function watchSyntax(model: editor.ITextModel): IDisposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (delay: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(model), delay);
  };
  later(0);
  const listening = model.onDidChangeContent(() => later(CHECK_DELAY_MS));
  const dispose = () => {
    clearTimeout(timer);
    listening.dispose();
  };
  model.onWillDispose(dispose);
  return { dispose };
}

languages.registerCompletionItemProvider('javascript', completion);
languages.registerHoverProvider('javascript', hover);
languages.registerSignatureHelpProvider('javascript', signatures);
