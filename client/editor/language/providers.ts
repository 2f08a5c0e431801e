/** Completion, hover and parameter hints for the learner's JavaScript. Registered by being imported. */
import type ts from 'typescript';
import { languages, Range, type editor, type IPosition } from '../monaco-core.ts';
import { rangeOf, serviceFor } from './service.ts';

const plain = (parts: ts.SymbolDisplayPart[] | undefined) => (parts ?? []).map((part) => part.text).join('');

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
  'external module name': Item.Module,
  string: Item.Value,
};

interface Suggestion extends languages.CompletionItem {
  of: { model: editor.ITextModel; offset: number };
}

const completion: languages.CompletionItemProvider = {
  triggerCharacters: ['.', '"', "'", '`', '/', ':'],
  async provideCompletionItems(model, position) {
    const offset = model.getOffsetAt(position);
    const word = model.getWordUntilPosition(position);
    const wordRange = new Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn);
    const service = await serviceFor(model);
    const found = await service.getCompletionsAtPosition(model.uri.toString(), offset);
    if (!found || model.isDisposed()) return undefined;
    const suggestions = found.entries.map((entry): Suggestion => {
      const span = entry.replacementSpan ?? found.optionalReplacementSpan;
      const deprecated = entry.kindModifiers?.includes('deprecated');
      return {
        label: entry.name,
        insertText: entry.name,
        sortText: entry.sortText,
        kind: KINDS[entry.kind] ?? Item.Property,
        range: span ? rangeOf(model, span) : wordRange,
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
    const shown = plain(info?.displayParts);
    // Of a name that does not exist TypeScript knows only this; the warning says more.
    if (!info || shown === 'any' || model.isDisposed()) return undefined;
    const signature = { value: '```javascript\n' + shown + '\n```\n' };
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

languages.registerCompletionItemProvider('javascript', completion);
languages.registerHoverProvider('javascript', hover);
languages.registerSignatureHelpProvider('javascript', signatures);
