import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import type { LessonPage } from '../support/lesson.ts';
import { PHONE, startSite } from '../support/site.ts';

const site = startSite();

const BY_HAND = '/lessons/websocket/2';
const panel = (page: Page) => page.getByRole('tabpanel', { name: 'Workbench' });
const line = (page: Page, name: string): Locator =>
  panel(page).locator(`[data-line="${name}"]`).getByRole('textbox');
const outcome = (page: Page) => panel(page).getByRole('status');

/** Opens the workbench by its tab, with the code of `ws`. */
async function openWithWs(): Promise<LessonPage> {
  const lesson = await site.open(BY_HAND);
  await lesson.page.getByRole('tab', { name: 'Workbench' }).click();
  const edition = lesson.page.getByRole('button', { name: 'With ws' });
  await edition.click();
  await expect.poll(() => edition.getAttribute('aria-pressed')).toBe('true');
  await line(lesson.page, 'version').waitFor();
  return lesson;
}

async function send(page: Page): Promise<string> {
  await panel(page)
    .getByRole('button', { name: /^(Run and send|Send)$/ })
    .click();
  const said = outcome(page);
  await expect.poll(() => said.textContent(), { timeout: 20_000 }).toMatch(/^RFC 6455: .*A browser: /);
  return (await said.textContent())!;
}

describe('the handshake workbench', () => {
  it('sends an edited version, shows that ws refuses it, and the wire has it', async () => {
    const lesson = await openWithWs();
    const { page } = lesson;
    await line(page, 'version').fill('Sec-WebSocket-Version: 12');
    const failing = panel(page).getByRole('listitem').filter({ hasText: 'Fails:' });
    expect(await failing.allInnerTexts()).toEqual([
      expect.stringMatching(/Sec-WebSocket-Version: 13 is 12[^]*→ 426/),
    ]);
    const said = await send(page);
    expect(said).toContain('refuse, such as with 426, and name its version');
    expect(said).toContain('This server: 400 Bad Request, then the end of the connection');
    expect(said).toContain('error, then close with code 1006');
    expect(await panel(page).getByLabel('The answer as it came').innerText()).toContain(
      'Sec-WebSocket-Version: 13, 8',
    );
    const rows = await lesson.rows();
    expect(rows.map(({ direction }) => direction)).toContain('to server, by the workbench');
    await panel(page).getByRole('button', { name: 'Show its bytes' }).click();
    await expect
      .poll(() => page.getByRole('region', { name: 'Bytes', exact: true }).innerText())
      .toContain('workbench to server');
    expect(lesson.complaints).toEqual([]);
  });

  it('shows that the server by hand switches for anyone, and the explanation of the step', async () => {
    const lesson = await site.open(BY_HAND);
    const { page } = lesson;
    await page.getByRole('radio', { name: 'It switches' }).check();
    await page.getByRole('button', { name: /Ask for version 12/ }).click();
    await line(page, 'version').waitFor();
    const said = await send(page);
    expect(said).toContain('This server: 101 Switching Protocols');
    expect(said).toContain('It switches for a request that it must refuse.');
    await page.getByText('Right.').waitFor();
    // What the page sent itself is none of it.
    expect(await page.getByText(/got 101/).count()).toBe(1);
  });

  it('tells that a server without checks throws when there is no key, and runs it again', async () => {
    const lesson = await site.open(BY_HAND);
    const { page } = lesson;
    await page.getByRole('button', { name: /Leave out the key/ }).click();
    await line(page, 'host').waitFor();
    expect(await send(page)).toContain('without an answer');
    await panel(page).getByText('The server code has ended:').waitFor();
    await panel(page).getByRole('button', { name: 'Put line 7 back' }).click();
    expect(await send(page)).toContain('This server: 101 Switching Protocols');
  });

  it('gives its place back when the step is left', async () => {
    const lesson = await site.open(BY_HAND);
    const { page } = lesson;
    await page.getByRole('button', { name: /Ask for version 12/ }).click();
    await line(page, 'version').waitFor();
    await page.getByRole('link', { name: '3 One frame' }).first().click();
    await page.getByRole('tab', { name: 'Console', selected: true }).waitFor();
  });

  it('keeps the request over a reload', async () => {
    const lesson = await openWithWs();
    await line(lesson.page, 'request').fill('POST / HTTP/1.1');
    await lesson.page.reload();
    await lesson.page.getByRole('tab', { name: 'Workbench' }).click();
    await expect.poll(() => line(lesson.page, 'request').inputValue()).toBe('POST / HTTP/1.1');
  });

  it('is edited and sent by keyboard alone', async () => {
    const lesson = await openWithWs();
    const { page } = lesson;
    await line(page, 'key').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('X-Note: one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two: three');
    expect(await line(page, 'new-1').inputValue()).toBe('X-Note: one\ntwo: three');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect.poll(() => outcome(page).textContent(), { timeout: 20_000 }).toContain('This server: ');
    expect(await line(page, 'key').evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it.each([
    ['on a desk, dark, in Chinese', { colorScheme: 'dark', locale: 'zh-CN' }, undefined],
    // The pane in sight: the one with the heading of the page is swiped away.
    ['on a phone', PHONE, '#pane-wire'],
  ] as const)('breaks no rule of WCAG 2.2 AA %s', async (_where, options, within) => {
    const lesson = await site.open(BY_HAND, options);
    const { page } = lesson;
    await page.locator('.monaco-editor, .cm-editor').first().waitFor({ state: 'attached' });
    await page.locator('#pane-read button[title]').first().click();
    await page.locator('#panel-workbench textarea').first().waitFor();
    expect(await violationsIn(page, within)).toEqual([]);
    await page.locator('#panel-workbench [class*="_send_"]').click();
    await page.locator('#panel-workbench [data-verdict]').waitFor();
    expect(await violationsIn(page, within)).toEqual([]);
  });
});
