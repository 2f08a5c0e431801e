/** The lesson page as a learner uses it: by roles and names, in English. */
import { readFileSync } from 'node:fs';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  FrameLocator,
  Locator,
  Page,
} from 'playwright-core';

export interface WireRow {
  number: number;
  direction: 'to server' | 'to browser';
  what: string;
  connection: number;
  /** Lab time, s. */
  sent: number;
  bytes: number;
}

/** The code that a lesson begins with. */
export function originalOf(file: string, lesson = 'polling'): string {
  return readFileSync(`lessons/${lesson}/${file}`, 'utf8');
}

export class LessonPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the app's own page complained of: uncaught errors, console errors, CSP violations. */
  readonly complaints: string[] = [];

  private constructor(page: Page, context: BrowserContext) {
    this.page = page;
    this.context = context;
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && message.location().url.startsWith(new URL(page.url()).origin)) {
        this.complaints.push(`${message.text()} (${message.location().url})`);
      }
    });
  }

  /** Opens an address in a fresh profile. `before` may block requests first. */
  static async open(
    browser: Browser,
    address: string,
    options: BrowserContextOptions = {},
    before: (page: Page) => Promise<void> = async () => {},
  ): Promise<LessonPage> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en',
      ...options,
    });
    context.setDefaultTimeout(30_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    const lesson = new LessonPage(page, context);
    await before(page);
    await page.goto(address);
    return lesson;
  }

  get runButton(): Locator {
    return this.page.getByRole('group', { name: 'Run and stop' }).getByRole('button', { name: /^Run/ });
  }

  get stopButton(): Locator {
    return this.page.getByRole('group', { name: 'Run and stop' }).getByRole('button', { name: 'Stop' });
  }

  /** The text field of an editor: of Monaco, which takes the place of a plain text field of the same name. */
  editor(file: string): Locator {
    const name = `${file}, code editor. Press Escape, then Tab, to leave.`;
    return this.page.locator('.monaco-editor').getByRole('textbox', { name });
  }

  /** Strokes on the picture of the wire: one path for all that look alike, one for each that is in flight. */
  get strokes(): Locator {
    return this.page.locator('[data-wire-band] svg [class*="_stroke_"]');
  }

  /** Brings the learner's page to the front. */
  async showLearnersPage(): Promise<FrameLocator> {
    await this.page.getByRole('tab', { name: 'Page' }).click();
    return this.page.frameLocator('iframe');
  }

  /** What the inspector shows, all bytes in hex without spaces. */
  async shownBytes(): Promise<string> {
    const bytes = this.page.getByRole('region', { name: 'Bytes', exact: true });
    const words = (await bytes.innerText()).split(/\s+/);
    return words.filter((word) => /^[0-9a-f]{2}$/.test(word)).join('');
  }

  /** Follows the first response on the wire, chosen in the table. */
  async followFirstResponse(): Promise<void> {
    await this.rows();
    await this.page.getByRole('row').filter({ hasText: 'to browser' }).first().click();
  }

  /** Presses Run and waits until something is on the wire. */
  async run(): Promise<void> {
    await this.runButton.click();
    await this.strokes.first().waitFor({ state: 'attached' });
  }

  /** Does as a learner who replaces everything: select all, paste. Ends when the editor shows it. */
  async replaceFile(file: string, text: string): Promise<void> {
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    const lines = text.split('\n');
    const deadline = Date.now() + 12_000;
    for (;;) {
      await this.editor(file).focus();
      await this.page.keyboard.press('ControlOrMeta+A');
      await this.page.keyboard.press('ControlOrMeta+V');
      // The editor pastes when the clipboard has answered, and scrolls to the end of what it pasted.
      const end = { file, lines: lines.length, last: lines.at(-2)!.trim() };
      try {
        await this.page.waitForFunction(showsEnd, end, { timeout: 3_000 });
        return;
      } catch (error) {
        // Keys that came while the editor was still taking over from the plain text field went nowhere.
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** Opens a file that shares its place with another, and edits the original. */
  async replaceFileInTab(file: string, edited: (original: string) => string): Promise<void> {
    await this.page.getByRole('tab', { name: file }).click();
    await this.replaceFile(file, edited(originalOf(file)));
  }

  /** Replaces exact text of the lesson's original. */
  async edit(file: string, find: string, replace: string): Promise<void> {
    const original = originalOf(file);
    if (original.split(find).length !== 2) throw new Error(`${file} does not have exactly one "${find}"`);
    await this.replaceFile(
      file,
      original.replace(find, () => replace),
    );
  }

  /** Rows of the wire's table twin, as it is now. */
  async rows(): Promise<WireRow[]> {
    const table = this.page.getByRole('region', { name: 'Table of the wire' });
    if (!(await table.isVisible()))
      await this.page.getByRole('button', { name: 'Show as a table (T)' }).click();
    await table.waitFor();
    const cells = await table
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? '')),
      );
    return cells.map(([number, direction, what, connection, sent, , bytes]) => ({
      number: Number(number?.replace(/\D/g, '')),
      direction: direction as WireRow['direction'],
      what: what!,
      connection: Number(connection),
      sent: Number(sent),
      bytes: Number(bytes?.replace(/\D/g, '')),
    }));
  }

  /** Seconds between one poll and the next. */
  async pollSpacing(): Promise<number[]> {
    const polls = (await this.rows()).filter(({ what }) => what.includes('/messages'));
    const requests = polls.filter(({ direction }) => direction === 'to server').map(({ sent }) => sent);
    return requests.slice(1).map((sent, index) => sent - requests[index]!);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** In the page: whether the Monaco editor of `file` shows `last` as its last line with text, of so many lines. */
function showsEnd({ file, lines, last }: { file: string; lines: number; last: string }): boolean {
  const field = document.querySelector(`.monaco-editor [aria-label^="${file},"]`);
  const editor = field?.closest('.monaco-editor');
  if (!editor) return false;
  const top = (line: Element) => Number.parseFloat((line as HTMLElement).style.top);
  const shown = [...editor.querySelectorAll('.view-line')].sort((a, b) => top(a) - top(b));
  const numbers = [...editor.querySelectorAll('.line-numbers')].map(({ textContent }) => Number(textContent));
  const text = shown.at(-2)?.textContent?.replaceAll('\u00a0', ' ').trim();
  return Math.max(...numbers) === lines && text === last;
}
