/** The room as people use it: over any transport, by keys alone, and by invitation. */
import { networkInterfaces } from 'node:os';
import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { externalAddresses } from '../../server/addresses/addresses.ts';
import type { AddressesView } from '../../server/addresses/protocol.ts';
import { violationsIn } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessibleRoom } from '../support/room-looks.ts';
import { startApp } from '../support/server.ts';
import { PHONE, startSite } from '../support/site.ts';

const site = startSite();

/** With this begins what a test says: what others said, or an attempt before, stays in the room. */
let own: string;
beforeEach(() => {
  own = crypto.randomUUID();
});

type Part = Page | Locator;

async function join(part: Part, name: string): Promise<void> {
  await part.getByRole('textbox', { name: 'Your name' }).fill(name);
  await part.getByRole('button', { name: 'Join' }).click();
  await part.getByRole('textbox', { name: 'Your message' }).waitFor();
}

async function say(part: Part, text: string): Promise<void> {
  await part.getByRole('textbox', { name: 'Your message' }).fill(text);
  await part.getByRole('button', { name: 'Send' }).click();
}

/** What was said with a prefix, in order, as this page shows it. */
async function heard(part: Part, prefix: string): Promise<string[]> {
  const texts = await part.getByRole('log').locator('li [class*="_text_"]').allInnerTexts();
  return texts.filter((text) => text.startsWith(prefix));
}

async function open(path = '/chat', options = {}) {
  const opened = await site.open(path, options);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  return opened;
}

describe('the room', () => {
  it('is one for pages of different transports, and each sees its own wire', async () => {
    const [ada, bob] = [await open(), await open()];
    await bob.page.getByRole('radio', { name: 'WebSocket' }).check();
    await join(ada.page, 'Ada');
    await join(bob.page, 'Bob');
    await say(ada.page, `${own} over events`);
    await expect.poll(() => heard(bob.page, own)).toEqual([`${own} over events`]);
    await say(bob.page, `${own} over a socket`);
    await expect.poll(() => heard(ada.page, own)).toEqual([`${own} over events`, `${own} over a socket`]);
    await bob.page.getByText('over Server-Sent Events').waitFor();
    // A request for each thing that Ada says; of Bob's, the one that became a WebSocket.
    const requests = (page: Page) => page.locator('dt:text-is("Requests") + dd').innerText();
    await expect.poll(() => requests(ada.page)).toBe('2');
    await expect.poll(() => requests(bob.page)).toBe('1');
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });

  it('loses nothing when a page goes from one transport to the next in mid-talk', async () => {
    const [ada, bob] = [await open(), await open()];
    await join(ada.page, 'Ada');
    await join(bob.page, 'Bob');
    const said: string[] = [];
    // Of all, `tests/long/transports-cut.test.ts`.
    const some = (await ada.page.getByRole('radio').all()).filter((_, place) => place % 3 === 0);
    for (const technique of some) {
      said.push(`${own} ${said.length}`, `${own} ${said.length + 1}`);
      await say(bob.page, said.at(-2)!);
      // Both at once: it is said while Ada's page is between two transports.
      await Promise.all([technique.check(), say(bob.page, said.at(-1)!)]);
    }
    expect(said).toHaveLength(8);
    await expect.poll(() => heard(ada.page, own)).toEqual(said);
    expect(await heard(bob.page, own)).toEqual(said);
  });

  it('can be used by keys alone', async () => {
    const { page } = await open();
    await page.getByRole('textbox', { name: 'Your name' }).focus();
    await page.keyboard.type('Key');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Your message' }).waitFor();
    await page.getByRole('textbox', { name: 'Your message' }).focus();
    await page.keyboard.type(own);
    await page.keyboard.press('Enter');
    await expect.poll(() => heard(page, own)).toEqual([own]);
    // From the message on: Send, Leave, then one stop for all transports.
    for (const name of ['Send', 'Leave']) {
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').innerText()).toBe(name);
    }
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').getAttribute('value')).toBe('sse');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('input[name=technique]:checked').getAttribute('value')).toBe('jsonp');
    // And from the wire, once the next transport has begun, to the bytes of what is followed.
    await page.locator('[data-wire-band] svg [class*="_stroke_"]').first().waitFor({ state: 'attached' });
    await page.locator('[data-wire-band]').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Bytes');
  });

  it('has nothing to measure before there is a wire', async () => {
    const { page } = await open();
    await page.getByText('Nothing on the wire yet.').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/\b0 px/);
  });

  it('says what is missing, who does not answer, and lets one try again', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('Write a name first').waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('aria-invalid')).toBe('true');
    await page.route('**/api/chat/**', (route) => route.abort());
    await page.getByRole('textbox', { name: 'Your name' }).fill('Eve');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('alert').getByText('The server does not answer.').waitFor();
    await page.unroute('**/api/chat/**');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('textbox', { name: 'Your message' }).waitFor();
    await page.getByText('Eve joined.').waitFor();
  });

  it('goes on after a cut, with what was said meanwhile', async () => {
    const [ada, bob] = [await open(), await open()];
    await ada.page.getByRole('radio', { name: 'WebSocket' }).check();
    await join(ada.page, 'Ada');
    await join(bob.page, 'Bob');
    await say(bob.page, `${own} before`);
    await expect.poll(() => heard(ada.page, own)).toHaveLength(1);
    await ada.page.getByRole('button', { name: 'Cut the wire' }).click();
    await say(bob.page, `${own} meanwhile`);
    await say(ada.page, `${own} after`);
    const both = [`${own} after`, `${own} before`, `${own} meanwhile`];
    await expect.poll(async () => (await heard(ada.page, own)).sort()).toEqual(both);
    await expect.poll(() => heard(bob.page, own)).toEqual(await heard(ada.page, own));
  });
});

describe('two pages side by side', () => {
  it('are led to from the first lesson, talk to each other, and have one wire', async () => {
    const { page, complaints } = await open('/lessons/request-response/9');
    await page.getByRole('link', { name: 'talk in the room' }).click();
    const [a, b] = ['Page A', 'Page B'].map((name) => page.getByRole('region', { name, exact: true }));
    await b!.getByRole('combobox', { name: 'over' }).selectOption('WebSocket');
    // One after the other: they share a mouse.
    for (const pane of [a!, b!]) await pane.getByRole('button', { name: 'Join' }).click();
    await say(a!, `${own} from A`);
    await expect.poll(() => heard(b!, own)).toEqual([`${own} from A`]);
    await say(b!, `${own} from B`);
    await expect.poll(() => heard(a!, own)).toEqual([`${own} from A`, `${own} from B`]);
    await a!.getByRole('combobox', { name: 'over' }).selectOption('Polling');
    await say(b!, `${own} to polling`);
    await expect.poll(() => heard(a!, own)).toContain(`${own} to polling`);
    // Each page has a rail of its own on the picture, and the server's is between them.
    await page.getByRole('region', { name: 'The wire of both pages' }).getByText('Page B').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('an invitation', () => {
  const [address] = externalAddresses(['0.0.0.0'], networkInterfaces());

  it('on loopback says how others could join', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog', { name: 'Join the room' });
    await dialog.getByText('HOST=0.0.0.0 npm start').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator(':focus').innerText()).toBe('Invite');
  });

  it.skipIf(address === undefined)(
    'on the network shows an address by which others join, and counts them',
    async () => {
      const app = await startApp({ HOST: '0.0.0.0' });
      const browser = await launchBrowser();
      try {
        const { origins } = (await (await fetch(`${app.url}/api/addresses`)).json()) as AddressesView;
        expect(origins[0]).toBe(`http://${address}:${app.port}`);
        const teacher = await browser.newPage({ locale: 'en' });
        await teacher.goto(`${app.url}/chat`);
        await teacher.getByRole('button', { name: 'Invite' }).click();
        const dialog = teacher.getByRole('dialog', { name: 'Join the room' });
        await dialog.getByRole('img', { name: `QR code of ${origins[0]}/chat` }).waitFor();
        await dialog.getByText('0 people are in the room').waitFor();
        expect(await violationsIn(teacher)).toEqual([]);
        const learner = await browser.newPage({ locale: 'en', ...PHONE });
        await learner.goto(`${origins[0]}/chat`);
        await join(learner, 'Lin');
        await dialog.getByText('1 person is in the room').waitFor();
        await say(learner, 'six: from the network');
        await expect.poll(() => heard(learner, 'six:')).toEqual(['six: from the network']);
        await learner.getByRole('button', { name: 'Leave' }).click();
        await dialog.getByText('0 people are in the room').waitFor();
      } finally {
        await browser.close();
        await app.close();
      }
    },
  );
});

describe('on a phone, dark, in Chinese', () => {
  it.each(['/chat', '/chat?pages=2'] as const)('%s breaks no rule, and needs no sideways scrolling', (path) =>
    expectAccessibleRoom(site, path, { ...PHONE, colorScheme: 'dark', locale: 'zh-CN' }),
  );
});
