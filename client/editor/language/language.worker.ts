/**
 * The language service's thread: one service per side, so that server.js is not offered the DOM, nor
 * either file the other's variables.
 */
import { initialize } from 'monaco-editor/internal/common/initialize.js';
import { PAGE_DECLARATIONS } from './page-declarations.ts';
import { SideService } from './side-service.ts';

initialize((context) => {
  const browser = new SideService(context, 'browser', PAGE_DECLARATIONS);
  let server: Promise<SideService> | undefined;
  const startServer = async () => {
    const { files } = await import('virtual:lab-declarations');
    return new SideService(context, 'server', files);
  };
  // What the page has is in TypeScript; what Node has is fetched for the first question about server.js.
  const of = async (file: string) =>
    file.startsWith('file:///server/') ? await (server ??= startServer()) : browser;
  return {
    getProblems: async (file) => (await of(file)).getProblems(file),
    getCompletionsAtPosition: async (file, offset) => (await of(file)).getCompletionsAtPosition(file, offset),
    getCompletionEntryDetails: async (file, offset, entry) =>
      (await of(file)).getCompletionEntryDetails(file, offset, entry),
    getQuickInfoAtPosition: async (file, offset) => (await of(file)).getQuickInfoAtPosition(file, offset),
    getSignatureHelpItems: async (file, offset, options) =>
      (await of(file)).getSignatureHelpItems(file, offset, options),
  } satisfies LanguageWorker;
});

/** What the app may ask. Files are named by the addresses of their models, offsets count UTF-16 units. */
export type LanguageWorker = Pick<
  SideService,
  | 'getProblems'
  | 'getCompletionsAtPosition'
  | 'getCompletionEntryDetails'
  | 'getQuickInfoAtPosition'
  | 'getSignatureHelpItems'
>;
