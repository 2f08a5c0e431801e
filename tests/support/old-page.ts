/** Pages that find themselves in an old browser, with the scripts that a lab puts before them, for clients of the time. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { frameOf, pageOf } from '../../server/labs/page.ts';
import type { Profile } from '../../server/labs/protocol.ts';
import type { OldBrowser } from './old-browser.ts';

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
    // The browser's own wish, at a time of its own.
    if (request.url === '/favicon.ico') return void response.writeHead(404).end();
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

/**
 * Has an origin serve `html` as a lab's page in a browser of this profile, and `/host.html`, which frames it.
 *
 * @param others Origins of the same lab.
 */
export function servePage(
  { files, url }: Origin,
  html: string,
  profile: Profile | null,
  others: readonly Origin[] = [],
): void {
  const lab = {
    run: 1,
    files: {},
    caller: { hostname: '127.0.0.1', appOrigin: url },
    origins: Object.fromEntries(others.map((other) => [Number(new URL(other.url).port), other.url])),
    profile,
  } as unknown as Parameters<typeof pageOf>[1];
  const scripts = {
    [`${BASE}runtime.js`]: readFileSync(join(DIST, 'runtime.js'), 'utf8'),
    [`${BASE}legacy.js`]: readFileSync(join(DIST, 'legacy.js'), 'utf8'),
  };
  for (const other of others) Object.assign(other.files, scripts, { [`${BASE}frame`]: frameOf(lab) });
  Object.assign(files, scripts, {
    [BASE]: pageOf(html, lab),
    '/host.html': `<!doctype html><body><iframe src="${BASE}" sandbox="${SANDBOX}"></iframe>`,
  });
}

/** The script by which a page of `report` says what came of it: by an image, which every browser has. */
export const REPORT = `function report(text) { new Image().src = '/report?' + encodeURIComponent(text); }`;

/** Opens the page framed, and resolves to what it reports. */
export async function reportOf(browser: OldBrowser, origin: string): Promise<string> {
  const page = await browser.open(`${origin}/host.html`);
  try {
    return await page.reported;
  } finally {
    await page.close();
  }
}
