import { describe, expect, it } from 'vitest';
import {
  areLines,
  bytesOf,
  insert,
  isChanged,
  originalLines,
  remove,
  reset,
  setText,
  swapCase,
} from './lines.ts';

const TO = { authority: 'localhost:8080', origin: 'http://localhost:8080' };
const text = (lines = originalLines()) => new TextDecoder().decode(bytesOf(lines, TO));

describe('the request', () => {
  it('is at first what a browser would send, for where it goes', () => {
    expect(text()).toBe(
      'GET / HTTP/1.1\r\nHost: localhost:8080\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Origin: http://localhost:8080\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    expect(originalLines().some(isChanged)).toBe(false);
  });

  it('is sent as it is edited, with line breaks and characters that have no place there', () => {
    const broken = setText(originalLines(), 'host', 'Host: a\nb: é', TO);
    expect(text(broken)).toContain('\r\nHost: a\nb: é\r\nConnection');
    expect(Array.from(bytesOf(broken, TO)).filter((byte) => byte > 0x7f)).toEqual([0xc3, 0xa9]);
  });

  it('is as it was when the old text is typed again', () => {
    const edited = setText(originalLines(), 'version', 'Sec-WebSocket-Version: 8', TO);
    expect(edited.some(isChanged)).toBe(true);
    expect(setText(edited, 'version', 'Sec-WebSocket-Version: 13', TO)).toEqual(originalLines());
  });

  it('loses a line and gets it back; one that was added is gone', () => {
    const without = remove(originalLines(), 'upgrade');
    expect(text(without)).not.toContain('Upgrade: websocket');
    expect(reset(without, 'upgrade')).toEqual(originalLines());
    const { lines, id } = insert(originalLines(), 'key', 'X-Note: 1');
    expect(text(lines)).toMatch(/==\r\nX-Note: 1\r\n\r\n$/);
    expect(remove(lines, id)).toEqual(originalLines());
    expect(reset(lines, id)).toEqual(originalLines());
  });

  it('gives each new line a name of its own', () => {
    const first = insert(originalLines(), null, 'a');
    const second = insert(first.lines, first.id, 'b');
    expect([first.id, second.id]).toEqual(['new-1', 'new-2']);
    expect(text(second.lines)).toMatch(/^a\r\nb\r\nGET/);
  });

  it('has names in either case, and values as they are', () => {
    expect(swapCase('Sec-WebSocket-Key: aBc')).toBe('sec-websocket-key: aBc');
    expect(swapCase('sec-websocket-key: aBc')).toBe('SEC-WEBSOCKET-KEY: aBc');
    expect(swapCase('GET / HTTP/1.1')).toBe('get / HTTP/1.1');
    expect(swapCase('')).toBe('');
  });
});

describe('what was kept', () => {
  it('is taken when every original line is there once, and no other but new ones', () => {
    expect(areLines(originalLines())).toBe(true);
    expect(areLines(insert(remove(originalLines(), 'key'), 'host', 'a: b').lines)).toBe(true);
    const [first, ...rest] = originalLines();
    for (const spoiled of [
      null,
      {},
      [null],
      rest,
      [first, first, ...rest],
      [...rest, { ...first, id: 'x' }],
      [...originalLines(), { id: 'new-1', text: null }],
      [...rest, { ...first, text: 7 }],
    ])
      expect(areLines(spoiled)).toBe(false);
  });
});
