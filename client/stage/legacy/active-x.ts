import type { PageWindow } from '../runtime/page-window.ts';
import type { Emulation } from './emulation.ts';
import { createHtmlfile } from './htmlfile.ts';
import { createInternetExplorerXhr } from './internet-explorer-xhr.ts';
import { NO_SUCH_OBJECT, scriptError } from './script-error.ts';
import { createXmlDocument } from './xml-document.ts';

/**
 * `ActiveXObject`, which makes what scripts of the time asked for by name, and `CollectGarbage`, which JScript had
 * without documentation.
 *
 * @param native The window's own XMLHttpRequest, before it is hidden.
 */
export function addActiveX(page: PageWindow, emulation: Emulation, native: typeof XMLHttpRequest): void {
  const { probe } = emulation;
  const { version } = emulation.browser;
  const Xml3 = createInternetExplorerXhr(page, emulation, native, 3);
  const Xml6 = createInternetExplorerXhr(page, emulation, native, 6);
  const htmlfile = createHtmlfile(page, emulation);

  /** By name in lower case: it does not matter how it is written. */
  const makers: Partial<Record<string, () => object>> = {
    htmlfile,
    'microsoft.xmldom': createXmlDocument(page),
    // The names without a version mean MSXML 3, also where 6 is there. 4 and 5 came with no Windows.
    'microsoft.xmlhttp': () => new Xml3(),
    'msxml2.xmlhttp': () => new Xml3(),
    'msxml2.xmlhttp.3.0': () => new Xml3(),
    // Came at the time of Internet Explorer 7.
    ...(version >= 7 && { 'msxml2.xmlhttp.6.0': () => new Xml6() }),
  };

  function ActiveXObject(name: unknown): object {
    const make = makers[String(name).toLowerCase()];
    if (!make) throw scriptError(page, NO_SUCH_OBJECT);
    return make();
  }

  /** Nothing is collected by it: browsers of today have no such call. It is told, to be seen where it was made. */
  function CollectGarbage(): void {
    const { outbox, sources, now } = probe;
    outbox.emit({ type: 'mark', t: now(), name: 'CollectGarbage()', at: sources.here() });
  }

  for (const [name, value] of Object.entries({ ActiveXObject, CollectGarbage })) {
    Object.defineProperty(page, name, { value, writable: true, configurable: true });
  }
}
