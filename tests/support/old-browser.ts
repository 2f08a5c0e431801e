/** The real browser that emulates the old ones: Chromium, or what `BROWSER=firefox` names. */
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { launchFirefox, type Firefox } from './firefox.ts';

export interface OldBrowser {
  /** Opens an address in a fresh profile, without waiting for its page. */
  open(url: string): Promise<OldPage>;
  close(): Promise<void>;
}

export interface OldPage {
  /** What the page reports: by asking for `/report?<text>`, by an error that nobody catches, or by crashing. */
  reported: Promise<string>;
  close(): Promise<void>;
}

/** A transport, the old browser that takes it, and where the page is from. */
type Tried = readonly [transport: string, profile: string, page: string];

/**
 * `npm run legacy-table`, which names the browser, tries all of them; `npm test` each transport once from each kind of
 * page.
 */
export function triedHere<T extends Tried>(all: readonly T[]): readonly T[] {
  if (process.env.BROWSER !== undefined) return all;
  const kind = ([transport, , page]: Tried) => `${transport} ${page}`;
  return all.filter((each, at) => all.findIndex((other) => kind(other) === kind(each)) === at);
}

/** Name of the browser under test. */
const BROWSER = process.env.BROWSER === 'firefox' ? 'firefox' : 'chromium';

export async function launchOldBrowser(): Promise<OldBrowser> {
  return BROWSER === 'firefox'
    ? inFirefox(await launchFirefox(['network.beforeRequestSent', 'log.entryAdded']))
    : inChromium(await launchBrowser());
}

function inChromium(browser: Browser): OldBrowser {
  return {
    async open(url) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const reported = new Promise<string>((resolve) => {
        page.on('crash', () => resolve('crashed'));
        page.on('pageerror', (error) => resolve(`uncaught: ${error.message}`));
        page.on('request', (request) => hear(request.url(), resolve));
      });
      // Its frame may never have loaded.
      await page.goto(url, { waitUntil: 'commit' });
      return { reported, close: () => context.close() };
    },
    close: () => browser.close(),
  };
}

function inFirefox(firefox: Firefox): OldBrowser {
  return {
    async open(url) {
      const { userContext } = await firefox.call('browser.createUserContext');
      const { context } = await firefox.call('browsingContext.create', { type: 'tab', userContext });
      const silence: (() => void)[] = [];
      const reported = new Promise<string>((resolve) => {
        silence.push(
          firefox.on<{ request: { url: string } }>('network.beforeRequestSent', ({ request }) =>
            hear(request.url, resolve),
          ),
          firefox.on<{ type: string; level: string; text: string }>('log.entryAdded', (entry) => {
            if (entry.type === 'javascript' && entry.level === 'error') resolve(`uncaught: ${entry.text}`);
          }),
        );
      });
      await firefox.call('browsingContext.navigate', { context, url, wait: 'none' });
      return {
        reported,
        async close() {
          for (const end of silence) end();
          await firefox.call('browser.removeUserContext', { userContext });
        },
      };
    },
    close: () => firefox.close(),
  };
}

function hear(address: string, resolve: (report: string) => void): void {
  const url = new URL(address);
  if (url.pathname === '/report') resolve(decodeURIComponent(url.search.slice(1)));
}
