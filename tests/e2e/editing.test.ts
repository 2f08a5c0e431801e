import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type LessonPage, originalOf } from '../support/lesson.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

/** What the server was sent when Run was pressed: the code as the editor has it. */
async function sentOnRun(lesson: LessonPage, file: string): Promise<string | undefined> {
  const request = lesson.page.waitForRequest(
    (candidate) => candidate.method() === 'POST' && /\/api\/labs(\/[^/]+\/run)?$/.test(candidate.url()),
  );
  await lesson.runButton.click();
  return ((await request).postDataJSON() as { files: Record<string, string> }).files[file];
}

describe('edits', () => {
  it('survive a reload; Reset asks nothing and can be undone', async () => {
    const lesson = await site.open('/lessons/polling');
    const original = originalOf('client.js');
    const mine = original.replace('1000', '4321');
    await lesson.edit('client.js', '1000', '4321');
    expect(await sentOnRun(lesson, 'client.js')).toBe(mine);

    await lesson.page.reload();
    expect(await sentOnRun(lesson, 'client.js')).toBe(mine);

    const pane = lesson.page.getByRole('group', { name: /client\.js/ });
    await pane.getByRole('button', { name: /^Reset/ }).click();
    expect(await sentOnRun(lesson, 'client.js')).toBe(original);
    await pane.getByRole('button', { name: /^Undo reset/ }).click();
    expect(await sentOnRun(lesson, 'client.js')).toBe(mine);
    expect(lesson.complaints).toEqual([]);
  });
});

describe('code that does not end', () => {
  it('in client.js freezes nothing: the message names the line, Stop works', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.replaceFile('client.js', "fetch('/messages?after=0');\n\nwhile (true) {}\n");
    await lesson.run();
    await lesson.page
      .getByRole('button', { name: /client\.js(:|, line )3/ })
      .first()
      .waitFor();
    await answersAndStops(lesson);
  });

  it('in server.js freezes nothing: the message names the line, the next run works', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.run();
    await lesson.replaceFile('server.js', 'let n = 0;\n\nfor (;;) n++;\n');
    await lesson.runButton.click();
    await lesson.page.getByRole('button', { name: 'server.js, line 3' }).first().waitFor();
    await lesson.replaceFile('server.js', originalOf('server.js'));
    await lesson.runButton.click();
    await lesson.page.getByText(/^Running ·/).waitFor();
    await answersAndStops(lesson);
  });

  it('in a request handler ends the run with the line, other code goes on', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.replaceFile(
      'server.js',
      "const { createServer } = require('node:http');\ncreateServer((req, res) => {\n  while (true) {}\n}).listen(8080);\n",
    );
    await lesson.runButton.click();
    await lesson.page.getByRole('button', { name: 'server.js, line 3' }).first().waitFor();
  });

  /** The app is alive when a click on it does something at once, whatever the learner's code does. */
  async function answersAndStops(lesson: LessonPage): Promise<void> {
    const html = lesson.page.locator('html');
    const before = await html.getAttribute('data-theme');
    await lesson.page.getByRole('button', { name: /^(Dark|Light) theme$/ }).click();
    await expect.poll(() => html.getAttribute('data-theme')).not.toBe(before);
    await lesson.stopButton.click();
    await lesson.page.getByRole('group', { name: 'Run and stop' }).getByText('Stopped').first().waitFor();
  }
});

describe('wrong code', () => {
  it('that does not parse marks its line and leaves the last run on the wire, dimmed', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.run();
    await lesson.edit('server.js', 'const messages = [];', 'const messages = ];');
    await lesson.runButton.click();
    await lesson.page.getByRole('button', { name: 'server.js, line 3' }).first().waitFor();
    expect(await lesson.strokes.count()).toBeGreaterThan(0);
    await lesson.page.locator('[data-wire-band] [class*="_stale_"]').waitFor({ state: 'attached' });

    await lesson.edit('server.js', '1700', '1600');
    await lesson.run();
    await expect.poll(() => lesson.page.locator('[data-wire-band] [class*="_stale_"]').count()).toBe(0);
    expect(lesson.complaints.filter((line) => !line.includes('422'))).toEqual([]);
  });

  it('that throws on the server shows the line with a caret, and a link to it', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.edit('server.js', 'const after = Number(', 'const after = nobody(');
    await lesson.runButton.click();
    const row = lesson.page
      .getByRole('list', { name: 'Console' })
      .getByRole('listitem')
      .filter({ hasText: 'nobody is not defined' });
    await row.getByRole('button', { name: 'server.js:14:17', exact: true }).waitFor();
    expect(await row.getByRole('code').innerText()).toContain('const after = nobody(');
    expect(await caretOf(row)).toEqual({ content: '"^" / ""', under: 'n', overflows: false });
    const link = lesson.page.getByRole('button', { name: /server\.js, line 14/ }).first();
    await link.click();
    await expect
      .poll(() => lesson.editor('server.js').evaluate((element) => element === document.activeElement))
      .toBe(true);
  });

  it('that throws in the page shows in the console with its line and a link to it', async () => {
    const lesson = await site.open('/lessons/polling');
    await lesson.edit('client.js', 'let last = 0;', 'let last = nothing;');
    await lesson.runButton.click();
    const row = lesson.page
      .getByRole('list', { name: 'Console' })
      .getByRole('listitem')
      .filter({ hasText: 'nothing is not defined' });
    await row.getByRole('button', { name: 'client.js:2:12', exact: true }).waitFor();
    expect(await row.getByRole('code').innerText()).toBe('let last = nothing;');
    expect(await caretOf(row)).toEqual({ content: '"^" / ""', under: 'n', overflows: false });
  });

  /** The caret of a row, the character above it, and whether the row is wider than the list. */
  function caretOf(row: Locator): Promise<{ content: string; under: string | null; overflows: boolean }> {
    return row.getByRole('code').evaluate((code) => {
      const at = code.querySelector('span')!;
      const list = code.closest('ul')!.parentElement!;
      return {
        content: getComputedStyle(at, '::after').content,
        under: at.textContent,
        overflows: list.scrollWidth > list.clientWidth,
      };
    });
  }
});
