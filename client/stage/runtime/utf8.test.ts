import { describe, expect, it } from 'vitest';
import { utf8Length } from './utf8.ts';

describe('bytes of a text in UTF-8', () => {
  it.each(['', 'ascii', 'héllo', '中文', '\u{1f600}!', '\ud800', 'a\udc00b', '\ud800\ud800\udc00'])(
    'are counted as an encoder writes them: %j',
    (text) => expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length),
  );
  it('may be counted from a place on', () => expect(utf8Length('é\u{1f600}', 1)).toBe(4));
});
