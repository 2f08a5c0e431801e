import { describe, expect, it } from 'vitest';
import { characterAt, isBinary, textOf, visibleText } from './bytes-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const under = (bytes: Uint8Array) => Array.from(bytes, (_, at) => characterAt(bytes, at));

describe('the text under bytes', () => {
  it('shows controls as escapes and spaces as dots in the middle', () => {
    expect(under(utf8('a b\r\n\t\0'))).toEqual(['a', '·', 'b', '\\r', '\\n', '\\t', '.']);
  });

  it('puts a character under the first of its bytes', () => {
    expect(under(utf8('你é!'))).toEqual(['你', '', '', 'é', '', '!']);
    expect(under(utf8('😀'))).toEqual(['😀', '', '', '']);
  });

  it('shows a dot where there is no character', () => {
    expect(under(Uint8Array.of(0xff, 0x80, 0xe4, 0xbd, 0x41, 0xe4))).toEqual(['.', '.', '.', '.', 'A', '.']);
  });
});

describe('a run of bytes', () => {
  it('is read as UTF-8, else one character a byte', () => {
    expect(textOf(utf8('你'))).toBe('你');
    expect(textOf(Uint8Array.of(0x61, 0xe9))).toBe('aé');
  });

  it('shows what cannot be seen', () => {
    expect(visibleText(utf8('a\tb\r\n\u0001'))).toBe('a\\tb\\r\\n.');
  });

  it('is binary when it has control codes or is no UTF-8', () => {
    expect(isBinary(utf8('{"text":"你好"}\r\n\t'))).toBe(false);
    expect(isBinary(new Uint8Array())).toBe(false);
    expect(isBinary(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe(true);
    expect(isBinary(utf8('a\0'))).toBe(true);
  });

  it('that ends in the middle of a character is still text', () => {
    expect(isBinary(utf8('你好').subarray(0, 5))).toBe(false);
  });
});
