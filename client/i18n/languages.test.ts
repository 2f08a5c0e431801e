import { describe, expect, it } from 'vitest';
import { detectLanguage } from './languages.ts';

describe('detectLanguage', () => {
  it('lets the address win over the earlier choice and the browser', () => {
    expect(detectLanguage({ query: 'zh-CN', kept: 'en', browser: ['en-GB'] })).toBe('zh-CN');
  });
  it('lets the earlier choice win over the browser', () => {
    expect(detectLanguage({ query: null, kept: 'en', browser: ['zh-CN'] })).toBe('en');
  });
  it('takes the first of the browser’s languages that exists', () => {
    expect(detectLanguage({ query: null, kept: null, browser: ['de-DE', 'zh-TW', 'en'] })).toBe('zh-CN');
  });
  it('ignores what it does not know and falls back to English', () => {
    expect(detectLanguage({ query: 'tlh', kept: 'x', browser: ['fr'] })).toBe('en');
    expect(detectLanguage({ query: null, kept: null, browser: [] })).toBe('en');
  });
});
