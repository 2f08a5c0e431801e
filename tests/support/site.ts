/** What the browser tests of one file share: the built app and one browser, started once. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from './browser.ts';
import { LessonPage } from './lesson.ts';
import { type App, startApp } from './server.ts';

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export interface Site {
  /** Origin of the app; known once the tests run. */
  readonly url: string;
  /** Known once the tests run. */
  readonly browser: Browser;
  /** Opens a path of the app in a fresh profile, closed when the test ends. `before` may block requests first. */
  open(
    path: string,
    options?: BrowserContextOptions,
    before?: (page: Page) => Promise<void>,
  ): Promise<LessonPage>;
}

/** Call at the top of a test file. */
export function startSite(): Site {
  let app: App;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  });
  // A page that is left open goes on drawing, beside the tests after it.
  let opened: LessonPage[] = [];
  // What was opened before the tests is theirs together.
  beforeEach(() => {
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map(({ context }) => context.close()));
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });
  return {
    get url() {
      return app.url;
    },
    get browser() {
      return browser;
    },
    async open(path, options, before) {
      const page = await LessonPage.open(browser, app.url + path, options, before);
      opened.push(page);
      return page;
    },
  };
}
