/** The bytes of a message, read from the screen. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { startSite } from '../support/site.ts';
import type { LessonPage } from '../support/lesson.ts';

const site = startSite();

/** Opens the WebSocket lesson, runs it, and follows the first message on the wire of which this is the title. */
async function follow(lesson: LessonPage, what: RegExp): Promise<void> {
  await lesson.run();
  await lesson.rows();
  const row = lesson.page.getByRole('row').filter({ hasText: what }).first();
  await row.click();
}

const bytesOf = (lesson: LessonPage): Locator =>
  lesson.page.getByRole('region', { name: 'Bytes', exact: true });

describe('a WebSocket frame', () => {
  it('is read bit by bit, and its mask byte by byte', async () => {
    const lesson = await site.open('/lessons/websocket');
    await follow(lesson, /to server.*"x":10/);
    const bytes = bytesOf(lesson);
    await bytes.getByRole('heading', { name: 'Frame 1 text, masked' }).waitFor();
    const rows = bytes.getByRole('grid').locator('tbody tr');
    const cells = await rows.evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map(({ textContent }) => textContent)),
    );
    // FIN, RSV1–3, opcode, MASK, length: the bits as RFC 6455 §5.2 has them.
    expect(cells[0]!.slice(0, 5).map((cell) => /^[01]+/.exec(cell)![0])).toEqual([
      ...['1', '000', '0001', '1', '0001110'],
    ]);
    const key = [...cells[0]!.slice(5), ...cells[1]!.slice(0, 2)].map((cell) => hex(cell.slice(0, 2)));
    const sums = [...cells[1]!.slice(2), ...cells.slice(2).flat()].map((cell) => {
      const [, wire, met, plain, character] = /(..)⊕ XOR (..) = (..)(.)$/.exec(cell)!;
      return { wire: hex(wire), met: hex(met), plain: hex(plain), character };
    });
    expect(sums.map(({ met }) => met)).toEqual(sums.map((_, at) => key[at % 4]));
    expect(sums.map(({ wire, met }) => wire ^ met)).toEqual(sums.map(({ plain }) => plain));
    expect(sums.map(({ character }) => character).join('')).toBe('{"x":10,"y":7}');
    expect(await violationsIn(lesson.page, '#pane-bottom')).toEqual([]);
    expect(lesson.complaints).toEqual([]);
  });

  it('is walked through by keyboard, each cell with its field', async () => {
    const lesson = await site.open('/lessons/websocket');
    await follow(lesson, /to server.*"x":10/);
    const bytes = bytesOf(lesson);
    const grid = bytes.getByRole('grid');
    await grid.focus();
    for (let cell = 0; cell < 4; cell++) await lesson.page.keyboard.press('ArrowRight');
    const selected = bytes.getByRole('option', { selected: true });
    await expect.poll(() => selected.innerText()).toMatch(/length/);
    await lesson.page.keyboard.press('End');
    await expect.poll(() => selected.innerText()).toMatch(/payload/);
  });

  it('moves nothing but once: what is followed next leaves everything where it is', async () => {
    const lesson = await site.open('/lessons/websocket');
    await follow(lesson, /to server.*"x":10/);
    const place = () => bytesOf(lesson).boundingBox();
    const before = await place();
    const previous = lesson.page.getByRole('button', { name: 'Previous message' });
    await previous.click();
    await bytesOf(lesson)
      .getByRole('heading', { name: /^Response 1/ })
      .waitFor();
    expect(await place()).toEqual(before);
  });
});

describe('the handshake', () => {
  it('shows how the accepted key is made, and judges it', async () => {
    const lesson = await site.open('/lessons/websocket');
    await follow(lesson, /to browser.*101/);
    const bytes = bytesOf(lesson);
    await bytes.getByText('The response says the same: this server speaks WebSocket.').waitFor();
    const text = await bytes.innerText();
    const [, accept] = /Sec-WebSocket-Accept: (\S+=)/.exec(text)!;
    expect(text.split(accept!).length).toBe(3);
    expect(text).toContain('258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  });
});

describe('copying', () => {
  it('shows the text where the browser has no clipboard for it', async () => {
    const lesson = await site.open('/lessons/websocket', {}, async (page) => {
      await page.addInitScript(() => {
        Object.defineProperty(navigator, 'clipboard', {
          value: { writeText: () => Promise.reject(new Error('no')) },
        });
      });
    });
    await follow(lesson, /to server.*GET \//);
    const bytes = bytesOf(lesson);
    await bytes.getByRole('button', { name: 'Copy' }).click();
    await bytes.getByRole('button', { name: 'Copy as curl' }).click();
    const shown = lesson.page.getByRole('dialog').getByRole('textbox');
    expect(await shown.inputValue()).toMatch(/^curl -N http:\/\/\S+\/ \\\n {2}--http1\.1/);
    await lesson.page.keyboard.press('Escape');
    await expect.poll(() => shown.count()).toBe(0);
  });
});

function hex(digits: string | undefined): number {
  return Number.parseInt(digits ?? '', 16);
}
