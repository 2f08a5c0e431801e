/**
 * TypeScript's language service for the learner's JavaScript: one service per side, so that server.js is
 * not offered the DOM, nor either file the other's variables.
 */
import { initialize } from 'monaco-editor/internal/common/initialize.js';
import { TypeScriptWorker } from 'monaco-editor/languages/features/typescript/tsWorker.js';

type Context = ConstructorParameters<typeof TypeScriptWorker>[0];

class SideService extends TypeScriptWorker {
  readonly #prefix: string;

  constructor(context: Context, side: string, lib: string[]) {
    const compilerOptions = { allowJs: true, allowNonTsExtensions: true, target: 99, lib };
    super(context, { compilerOptions, extraLibs: {}, inlayHintsOptions: {} });
    this.#prefix = `file:///${side}/`;
  }

  override getScriptFileNames(): string[] {
    return super.getScriptFileNames().filter((file) => file.startsWith(this.#prefix));
  }
}

initialize((context) => {
  const browser = new SideService(context, 'browser', [
    'lib.esnext.d.ts',
    'lib.dom.d.ts',
    'lib.dom.iterable.d.ts',
  ]);
  const server = new SideService(context, 'server', ['lib.esnext.d.ts']);
  const of = (file: string) => (file.startsWith('file:///server/') ? server : browser);
  return {
    getSyntacticDiagnostics: (file: string) => of(file).getSyntacticDiagnostics(file),
    getCompletionsAtPosition: (file: string, offset: number) =>
      of(file).getCompletionsAtPosition(file, offset),
    getCompletionEntryDetails: (file: string, offset: number, entry: string) =>
      of(file).getCompletionEntryDetails(file, offset, entry),
    getQuickInfoAtPosition: (file: string, offset: number) => of(file).getQuickInfoAtPosition(file, offset),
    getSignatureHelpItems: (file: string, offset: number, options: object) =>
      of(file).getSignatureHelpItems(file, offset, options),
  };
});
