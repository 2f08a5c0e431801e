/** TypeScript's language service for the files of one side. */
import { typescript } from 'monaco-editor/languages/features/typescript/lib/typescriptServices.js';
import { TypeScriptWorker } from 'monaco-editor/languages/features/typescript/tsWorker.js';
import type ts from 'typescript';
import { intendedNames, mistakeOf, type Side } from './mistakes.ts';
import type { Problem } from './problem.ts';

type Context = ConstructorParameters<typeof TypeScriptWorker>[0];

/** Modules that only types of other modules lead to; `.ci/declarations.mjs` names them so. */
const HIDDEN = /^internal:/;

const LANGUAGE = ['lib.esnext.d.ts'];

const LIBRARIES: Record<Side, string[]> = {
  browser: [...LANGUAGE, 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  server: LANGUAGE,
};

export class SideService extends TypeScriptWorker {
  readonly #side: Side;

  /** @param declarations texts of declaration files by name: what this side has besides the language */
  constructor(context: Context, side: Side, declarations: Record<string, string> = {}) {
    const { ScriptTarget, ModuleKind, ModuleResolutionKind, ModuleDetectionKind } = typescript;
    super(context, {
      compilerOptions: {
        allowJs: true,
        checkJs: true,
        allowNonTsExtensions: true,
        target: ScriptTarget.ESNext,
        module: ModuleKind.ESNext,
        moduleResolution: ModuleResolutionKind.Bundler,
        // A name of a script may be one of the page's too (`name`, `status`): the script's own is meant.
        moduleDetection: ModuleDetectionKind.Force,
        esModuleInterop: true,
        lib: LIBRARIES[side],
        types: [],
      },
      extraLibs: Object.fromEntries(
        Object.entries(declarations).map(([file, content]) => [file, { content, version: 1 }]),
      ),
      inlayHintsOptions: {},
    });
    this.#side = side;
  }

  override getScriptFileNames(): string[] {
    return super
      .getScriptFileNames()
      .filter((file) => file.startsWith(`file:///${this.#side}/`) || file in this.getExtraLibs());
  }

  /** A file's folder is looked for before its files are: there are no folders to be looked for. */
  directoryExists(): boolean {
    return true;
  }

  override async getCompletionsAtPosition(
    file: string,
    offset: number,
  ): Promise<ts.CompletionInfo | undefined> {
    const found = await super.getCompletionsAtPosition(file, offset);
    return found && { ...found, entries: found.entries.filter(({ name }) => !HIDDEN.test(name)) };
  }

  /** Errors of syntax; when there are none, mistakes. */
  async getProblems(file: string): Promise<Problem[]> {
    const service = this.getLanguageService();
    const syntax = service.getSyntacticDiagnostics(file).map(({ start, length, messageText }): Problem => {
      const message = typeof messageText === 'string' ? messageText : messageText.messageText;
      return { kind: 'syntax', message, start, length };
    });
    const source = service.getProgram()?.getSourceFile(file);
    if (syntax.length > 0 || !source) return syntax;
    const intended = intendedNames(source, typescript);
    return service
      .getSemanticDiagnostics(file)
      .map((each) => mistakeOf(each, source, this.#side, intended))
      .filter((each) => each !== null);
  }
}
