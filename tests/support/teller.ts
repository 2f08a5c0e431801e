/** A learner's page in a real browser, framed as the app frames it, and what its runtime tells. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { NetworkEvent, PageEvent } from '../../client/stage/protocol.ts';
import { readPageMessage } from '../../client/stage/validate.ts';
import type { CreateLabBody } from '../../server/labs/protocol.ts';
import { createLab, type TestLab } from './lab.ts';
import { startSite, type Site } from './site.ts';

const SERVER = `require('node:http').createServer((req, res) => res.end('["x"]')).listen(0);`;

export interface Teller {
  readonly site: Site;
  /** Runs `client` as a learner's page and returns what it told, until `done` says that it is enough. */
  told(
    client: string,
    done: (events: PageEvent[]) => boolean,
    options?: TellerOptions,
  ): Promise<{ events: PageEvent[]; lab: TestLab }>;
}

export interface TellerOptions {
  server?: string;
  html?: string;
  files?: Record<string, string>;
  page?: CreateLabBody['page'];
  /** Document of the lab to be framed; index.html when absent. */
  path?: string;
  /** With the app's page, after the learner's was framed in it. */
  meanwhile?(page: Page, lab: TestLab): Promise<void>;
}

/** Call at the top of a test file. */
export function startTeller(): Teller {
  const site = startSite();
  return {
    site,
    async told(client, done, { server = SERVER, html, files, page: mode, path = '', meanwhile } = {}) {
      const lab = await createLab(site.url, {
        files: {
          'server.js': server,
          'client.js': client,
          'index.html': html ?? '<script src="client.js"></script>',
          ...files,
        },
        ...(mode && { page: mode }),
      });
      const page = await site.browser.newPage();
      try {
        await page.goto(site.url);
        await page.evaluate((url) => {
          const messages: unknown[] = [];
          Object.assign(window, { told: messages });
          addEventListener('message', ({ data, origin }) => {
            if (origin === new URL(url).origin) messages.push(data);
          });
          document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
        }, lab.page!.url + path);
        await meanwhile?.(page, lab);
        let events: PageEvent[] = [];
        await expect
          .poll(
            async () => {
              const messages = (await page.evaluate('told')) as unknown[];
              events = messages.flatMap((message) => readPageMessage(message)?.events ?? []);
              return done(events);
            },
            { timeout: 15_000 },
          )
          .toBe(true);
        return { events, lab };
      } finally {
        await page.close();
        await lab.call('DELETE', '');
      }
    },
  };
}

export const networkOf = (events: PageEvent[]): NetworkEvent[] =>
  events.filter((event): event is NetworkEvent => event.type === 'network');

/** Texts of what was printed, one string a line. */
export const printedIn = (events: PageEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'console' ? [event.values.map(({ text }) => text).join(' ')] : [],
  );
