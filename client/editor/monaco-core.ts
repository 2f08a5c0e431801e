/**
 * The parts of Monaco that the panes use, and nothing else. Imported by the Monaco chunk only.
 * Texts of the interface come from `_VSCODE_NLS_MESSAGES`, which has to be set before this module runs.
 */
import 'monaco-editor/editor/contrib/snippet/browser/snippetController2.js';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/gotoError/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/parameterHints/register.js';
import 'monaco-editor/features/smartSelect/register.js';
import 'monaco-editor/features/wordHighlighter/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/languages/definitions/html/register.js';
import { conf, language } from 'monaco-editor/languages/definitions/javascript/javascript.js';
import { languages } from 'monaco-editor/editor/editor.api.js';

export * from 'monaco-editor/editor/editor.api.js';

/** A worker of the app's own origin: Monaco's default is one from a `blob:`, which the CSP refuses. */
self.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL('./monaco.worker.ts', import.meta.url), { type: 'module', name: 'editor' }),
};

languages.register({ id: 'javascript', extensions: ['.js'], mimetypes: ['text/javascript'] });
languages.setLanguageConfiguration('javascript', conf);

/** Monaco's own rules do not tell a property from a variable. */
const [properties, common] = [
  [
    [/\.\.\./, 'delimiter'],
    [/(\.\s*)(#?[\p{L}_$][\p{L}\p{N}_$]*)/u, ['delimiter', 'property']],
  ],
  language.tokenizer['common'] ?? [],
] as languages.IMonarchLanguageRule[][];
languages.setMonarchTokensProvider('javascript', {
  ...language,
  unicode: true,
  tokenizer: { ...language.tokenizer, common: [...properties!, ...common!] },
});
