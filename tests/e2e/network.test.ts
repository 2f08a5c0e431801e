import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startSite } from '../support/site.ts';

const site = startSite();

/** As a proxy does that knows no Upgrade: every WebSocket ends before its first message. */
async function blockWebSocket(page: Page): Promise<void> {
  await page.routeWebSocket(/\/api\//, (socket) => socket.close());
}

async function blockEventStream(page: Page): Promise<void> {
  await page.route(/\/api\/labs\/[^/]+\/wire/, (route) => route.abort());
}

const linkNamed = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

describe('where a network blocks WebSocket', () => {
  it('the wire is drawn from the event stream', async () => {
    const lesson = await site.open('/lessons/polling', {}, blockWebSocket);
    const stream = lesson.page.waitForResponse((response) =>
      (response.headers()['content-type'] ?? '').startsWith('text/event-stream'),
    );
    await lesson.run();
    expect((await stream).status()).toBe(200);
  });

  it('the self-check names the broken link and says that lessons work', async () => {
    const { page } = await opened('/check', blockWebSocket);
    await page
      .getByText('Lessons work: one of the two ways of telemetry is blocked')
      .waitFor({ timeout: 30_000 });
    expect(await linkNamed(page, 'Telemetry over WebSocket').first().innerText()).toContain('broken');
    expect(await linkNamed(page, 'Telemetry over an event stream').first().innerText()).toContain('works');
  });
});

describe('where a network blocks all telemetry', () => {
  it('the lesson says so and leads to the self-check, which names both links', async () => {
    const { page } = await opened('/lessons/polling', async (blocked) => {
      await blockWebSocket(blocked);
      await blockEventStream(blocked);
    });
    await page.getByRole('button', { name: /^Run/ }).first().click();
    await page.getByRole('link', { name: 'Find the broken link' }).click({ timeout: 30_000 });
    await page.getByText('Lessons cannot run until the broken link is mended.').waitFor({ timeout: 30_000 });
    for (const name of ['Telemetry over WebSocket', 'Telemetry over an event stream']) {
      expect(await linkNamed(page, name).first().innerText()).toContain('broken');
    }
  });
});

describe('where nothing is blocked', () => {
  it('the self-check finds every link working', async () => {
    const { page } = await opened('/check');
    await page.getByText('Every link works.').waitFor({ timeout: 30_000 });
  });
});

describe('the learner’s page', () => {
  it('cannot reach the app: neither its API nor its document', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.replaceFile(
      'client.js',
      `const tries = {
  api: () => fetch('${site.url}/api/lessons'),
  simple: () => fetch('${site.url}/api/labs', { method: 'POST', mode: 'no-cors', body: '{}' }).then((r) => { if (r.type === 'opaque') throw new Error('unreadable'); }),
  socket: () => new Promise((yes, no) => { const s = new WebSocket('${site.url.replace('http', 'ws')}/api/labs/x/wire'); s.onopen = yes; s.onerror = no; }),
  document: async () => parent.document.title,
  storage: async () => parent.localStorage.length,
};
for (const [name, attempt] of Object.entries(tries)) {
  const item = document.createElement('li');
  item.textContent = name + ': ' + (await attempt().then(() => 'reached', () => 'refused'));
  document.querySelector('ul').append(item);
}
`,
    );
    await lesson.replaceFileInTab('index.html', (html) =>
      html.replace('<script src', '<script type="module" src'),
    );
    await lesson.runButton.click();
    const items = (await lesson.showLearnersPage()).getByRole('listitem');
    await expect.poll(() => items.count()).toBe(5);
    expect(await items.allInnerTexts()).toEqual([
      'api: refused',
      'simple: refused',
      'socket: refused',
      'document: refused',
      'storage: refused',
    ]);
  });
});

const opened = (path: string, before?: (page: Page) => Promise<void>) => site.open(path, {}, before);
