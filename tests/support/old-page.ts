/** Pages that find themselves in an old browser, with the scripts that a lab puts before them, for clients of the time. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { pageOf } from '../../server/labs/page.ts';
import type { Profile } from '../../server/labs/protocol.ts';

const DIST = join(import.meta.dirname, '../../dist');
const BASE = '/.lab/1/';

/** As the app frames the learner's page (`client/stage`). */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads';

export interface Origin {
  url: string;
  server: Server;
  /** What it serves by path; more may be put in. */
  files: Record<string, string>;
  close(): Promise<void>;
}

/** A server of its own on loopback; `files` are served by path, `answer` has what is left. */
export async function startOrigin(
  files: Record<string, string> = {},
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    response.writeHead(404).end(),
): Promise<Origin> {
  const server = createServer((request, response) => {
    const text = files[(request.url ?? '').split('?')[0]!];
    if (text === undefined) return answer(request, response);
    response.setHeader(
      'content-type',
      request.url!.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
    );
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    files,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What an origin serves to have `html` as a lab's page in a browser of this profile. */
export function pageFiles(html: string, profile: Profile | null): Record<string, string> {
  const lab = {
    run: 1,
    files: {},
    caller: { hostname: '127.0.0.1', appOrigin: 'http://127.0.0.1' },
    origins: {},
    profile,
  };
  return {
    [BASE]: pageOf(html, lab as unknown as Parameters<typeof pageOf>[1]),
    [`${BASE}runtime.js`]: readFileSync(join(DIST, 'runtime.js'), 'utf8'),
    [`${BASE}legacy.js`]: readFileSync(join(DIST, 'legacy.js'), 'utf8'),
    '/host.html': `<!doctype html><body><iframe src="${BASE}" sandbox="${SANDBOX}"></iframe>`,
  };
}

/** The script by which a page of `report` says what came of it: by an image, which every browser has. */
export const REPORT = `function report(text) { new Image().src = '/report?' + encodeURIComponent(text); }`;

/** Opens the page framed, and resolves to what it reports. Errors that its code does not catch are a report too. */
export async function reportOf(browser: Browser, origin: string): Promise<string> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const reported = new Promise<string>((resolve) => {
      page.on('crash', () => resolve('crashed'));
      page.on('pageerror', (error) => resolve(`uncaught: ${error.message}`));
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.pathname === '/report') resolve(decodeURIComponent(url.search.slice(1)));
      });
    });
    // Its frame may never have loaded.
    await page.goto(`${origin}/host.html`, { waitUntil: 'commit' });
    return await reported;
  } finally {
    await context.close();
  }
}
