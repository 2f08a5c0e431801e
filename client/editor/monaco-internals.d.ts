/** Parts of Monaco that its package offers without types. */
declare module 'monaco-editor/languages/definitions/javascript/javascript.js' {
  import type { languages } from 'monaco-editor/editor/editor.api.js';
  export const conf: languages.LanguageConfiguration;
  export const language: languages.IMonarchLanguage;
}

declare module 'monaco-editor/internal/common/initialize.js' {
  import type { worker } from 'monaco-editor/editor/editor.api.js';
  export function initialize(create: (context: worker.IWorkerContext) => object): void;
}

declare module 'monaco-editor/languages/features/typescript/lib/typescriptServices.js' {
  import type ts from 'typescript';
  /** TypeScript itself, whole. */
  export const typescript: typeof ts;
}

declare module 'monaco-editor/languages/features/typescript/tsWorker.js' {
  import type { worker } from 'monaco-editor/editor/editor.api.js';
  import type ts from 'typescript';

  /** A language service over the models that were synced to the worker. */
  export class TypeScriptWorker {
    constructor(
      context: worker.IWorkerContext,
      data: { compilerOptions: object; extraLibs: object; inlayHintsOptions: object },
    );
    getScriptFileNames(): string[];
    getExtraLibs(): Record<string, { content: string; version: number }>;
    getLanguageService(): ts.LanguageService;
    getCompletionsAtPosition(file: string, offset: number): Promise<ts.CompletionInfo | undefined>;
    getCompletionEntryDetails(
      file: string,
      offset: number,
      entry: string,
    ): Promise<ts.CompletionEntryDetails | undefined>;
    getQuickInfoAtPosition(file: string, offset: number): Promise<ts.QuickInfo | undefined>;
    getSignatureHelpItems(
      file: string,
      offset: number,
      options: object,
    ): Promise<ts.SignatureHelpItems | undefined>;
  }
}

/** Made by `.ci/build.mjs` (step `declarations`), handed over by `vite.config.ts`. */
declare module 'virtual:lab-declarations' {
  /** Texts of declaration files by name: what a program in a lab finds of Node. */
  export const files: Record<string, string>;
}
