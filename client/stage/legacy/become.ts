import type { PageWindow } from '../runtime/page-window.ts';
import type { Emulation } from './emulation.ts';

/**
 * Makes the document, in which the emulation already is, the one at `path`: written as its bytes come, each script
 * run when its end tag is there. Window and document stay, so that what was hidden and added holds (HTML §8.4.1).
 */
export function become(page: PageWindow, path: string, { fetch, natives }: Emulation): void {
  const { document } = page;
  const { TextDecoder } = natives;
  // Of the prototype: the emulated browser may have none, and opening a document takes away what listens to it.
  const { addEventListener } = page.EventTarget.prototype;

  async function write(): Promise<void> {
    const response = await fetch(path, { credentials: 'include', cache: 'no-store' });
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    document.open();
    for (;;) {
      const part = await reader?.read();
      if (!part || part.done) break;
      document.write(decoder.decode(part.value, { stream: true }));
    }
    document.write(decoder.decode());
    document.close();
  }

  // Not before: opening a document that is being parsed does nothing.
  const start = (): void => page.setTimeout(() => void write().catch(() => document.close()), 0) as never;
  Reflect.apply(addEventListener, page, ['load', start, { once: true }]);
}
