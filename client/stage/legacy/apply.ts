import type { PageWindow } from '../runtime/page-window.ts';
import { disguiseToString } from '../runtime/wrap.ts';
import { addActiveX } from './active-x.ts';
import { addAttachEvent } from './attach-event.ts';
import { openDocumentDomain } from './document-domain.ts';
import type { Emulation } from './emulation.ts';
import { followFrames } from './frames.ts';
import { createInternetExplorerXhr } from './internet-explorer-xhr.ts';
import { lackedBy, type Browser } from './profiles.ts';
import { addReadyStates } from './ready-state.ts';
import { createXDomainRequest } from './x-domain-request.ts';

/** Makes one window that of the browser: adds first, because what is added is made of what is then hidden. */
export function applyTo(page: PageWindow, emulation: Emulation): void {
  const { browser } = emulation;
  followFrames(page, emulation);
  openDocumentDomain(page);
  if (browser.engine === 'ie') addInternetExplorer(page, emulation);
  nameBrowser(page, browser);
  hide(page, browser);
  disguiseToString(page);
}

function addInternetExplorer(page: PageWindow, emulation: Emulation): void {
  const { version } = emulation.browser;
  const { XMLHttpRequest } = page;
  addAttachEvent(page);
  addReadyStates(page);
  if (version >= 8) {
    define(page, 'XDomainRequest', createXDomainRequest(page, emulation));
    define(page.document, 'documentMode', version);
  }
  // Before 10 the browser's own object was MSXML's in other clothes.
  if (version >= 7 && version < 10) {
    define(page, 'XMLHttpRequest', createInternetExplorerXhr(page, emulation, XMLHttpRequest));
  }
  addActiveX(page, emulation, XMLHttpRequest);
}

/** What scripts ask the browser's name by. */
function nameBrowser(page: PageWindow, { engine, userAgent }: Browser): void {
  const { prototype } = page.Navigator;
  const answers = {
    userAgent,
    appVersion: userAgent.replace(/^Mozilla\//, ''),
    appName: engine === 'ie' ? 'Microsoft Internet Explorer' : 'Netscape',
    vendor: { ie: '', firefox: '', chrome: 'Google Inc.', safari: 'Apple Computer, Inc.' }[engine],
  };
  for (const [name, answer] of Object.entries(answers)) {
    Object.defineProperty(prototype, name, { get: () => answer, configurable: true, enumerable: true });
  }
  Reflect.deleteProperty(prototype, 'userAgentData');
  if (engine === 'ie' || engine === 'firefox') Reflect.deleteProperty(page, 'chrome');
}

/** Of the language itself. Chromium ends the process when one lacks in a window that a frame keeps for its next document. */
const INTRINSICS: ReadonlySet<string> = new Set(['JSON', 'Promise']);

function hide(page: PageWindow, browser: Browser): void {
  const globals = page as unknown as Record<string, { prototype?: object } | undefined>;
  for (const { globals: names = [], members = {} } of lackedBy(browser)) {
    for (const [owner, hidden] of Object.entries(members)) {
      const prototype = globals[owner]?.prototype;
      if (prototype) for (const name of hidden) Reflect.deleteProperty(prototype, name);
    }
    for (const name of names) {
      if (page === window || !INTRINSICS.has(name)) Reflect.deleteProperty(page, name);
    }
  }
}

function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: true, configurable: true, enumerable: false });
}
