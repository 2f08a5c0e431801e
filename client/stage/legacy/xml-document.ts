import type { PageWindow } from '../runtime/page-window.ts';

/** `Microsoft.XMLDOM` as far as clients used it: to parse the text of an answer. */
export function createXmlDocument(page: PageWindow): () => object {
  const { DOMParser } = page;
  return () => {
    let parsed: Document | null = null;
    return {
      async: true,
      loadXML(text: unknown): boolean {
        parsed = new DOMParser().parseFromString(String(text), 'application/xml');
        if (parsed.querySelector('parsererror')) parsed = null;
        return parsed !== null;
      },
      get parseError() {
        return { errorCode: parsed ? 0 : -1 };
      },
      get documentElement() {
        return parsed?.documentElement ?? null;
      },
      getElementsByTagName: (name: string) => parsed?.getElementsByTagName(name) ?? [],
    };
  };
}
