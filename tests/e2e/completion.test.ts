import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LessonPage } from '../support/lesson.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

/** Types behind what is in the file, and reads what the editor offers. */
async function offered(lesson: LessonPage, file: string, before: string, typed: string): Promise<string[]> {
  await lesson.replaceFile(file, `${before}\n`);
  await lesson.page.keyboard.type(typed, { delay: 20 });
  const widget = lesson.page.locator('.suggest-widget.visible');
  const rows = widget.locator('.monaco-list-row');
  // The first answer waits until the language service has been fetched.
  await rows.first().waitFor({ timeout: 40_000 });
  const prefix = /\w*$/.exec(typed)![0];
  const labels = () => rows.locator('.label-name').allInnerTexts();
  await expect.poll(async () => (await labels())[0]?.startsWith(prefix)).toBe(true);
  const found = (await labels()).filter((label) => label.startsWith(prefix));
  await lesson.page.keyboard.press('Escape');
  return found.sort();
}

const squiggles = (lesson: LessonPage, file: string): Locator =>
  lesson
    .editor(file)
    .locator('xpath=ancestor::*[contains(@class, "monaco-editor")][1]')
    .locator('.squiggly-warning');

describe('the editor', () => {
  it('completes what Node has in server.js', async () => {
    const lesson = await site.open('/lessons/polling');
    const inHandler = "const http = require('http');\nhttp.createServer((req, res) => {";
    const cases: [string, string, string[]][] = [
      ["const http = require('http');", 'http.create', ['createServer']],
      [inHandler, 'res.write', ['write', 'writeContinue', 'writeEarlyHints', 'writeHead', 'writeProcessing']],
      [inHandler, 'req.header', ['headers', 'headersDistinct']],
      [
        "require('net').createServer((socket) => {",
        'socket.remote',
        ['remoteAddress', 'remoteFamily', 'remotePort'],
      ],
      [
        "import { WebSocketServer } from 'ws';",
        "new WebSocketServer({ port: 8081 }).on('",
        ['close', 'connection', 'error', 'headers', 'listening', 'wsClientError'],
      ],
      ['', 'process.env.PAGE', ['PAGE_ORIGIN']],
    ];
    for (const [before, typed, labels] of cases) {
      const found = await offered(lesson, 'server.js', before, typed);
      expect([typed, found]).toEqual([typed, labels]);
    }
    expect(lesson.complaints).toEqual([]);
  });

  it('completes the DOM in client.js', async () => {
    const lesson = await site.open('/lessons/polling');
    expect(await offered(lesson, 'client.js', '', 'document.createE')).toEqual([
      'createElement',
      'createElementNS',
      'createEvent',
      'createExpression',
    ]);
    expect(await offered(lesson, 'client.js', "const source = new EventSource('/');", 'source.on')).toEqual([
      'onerror',
      'onmessage',
      'onopen',
    ]);
    expect(lesson.complaints).toEqual([]);
  });

  it('names the parameters of a call and explains a name', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.replaceFile('server.js', "const http = require('http');\n");
    await lesson.page.keyboard.type('http.createServer(', { delay: 20 });
    await lesson.page
      .locator('.parameter-hints-widget.visible')
      .getByText('requestListener')
      .first()
      .waitFor({ timeout: 40_000 });
    await lesson.page.keyboard.press('Escape');
    await lesson.page
      .locator('.view-line span', { hasText: /^createServer$/ })
      .last()
      .hover();
    await lesson.page
      .locator('.monaco-hover:not(.hidden)')
      .getByText('Returns a new instance of')
      .first()
      .waitFor();
  });

  it('warns of a slip of the pen in the words of the app, and of nothing else', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.replaceFile(
      'server.js',
      "const http = require('http');\nhttp.creatServer((req, res) => {\n  req.user = 1;\n  res.end();\n});\n",
    );
    await squiggles(lesson, 'server.js').first().waitFor({ timeout: 40_000 });
    expect(await squiggles(lesson, 'server.js').count()).toBe(1);
    await lesson.page.locator('.view-line span', { hasText: /^creatServer$/ }).hover();
    await lesson.page
      .locator('.monaco-hover:not(.hidden)')
      .getByText('There is no creatServer here. Did you mean createServer?')
      .waitFor();
  });
});
