/** The languages that every text exists in. The first is the fallback. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The supported language a tag asks for: any Chinese gets `zh-CN`; null when there is none. */
function supported(tag: string | null | undefined): Language | null {
  if (!tag) return null;
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  return /^en\b/i.test(tag) ? 'en' : null;
}

/** Which language to begin with: the address asks first, then the earlier choice, then the browser's list. */
export function detectLanguage(from: {
  query: string | null;
  kept: string | null;
  browser: readonly string[];
}): Language {
  for (const tag of [from.query, from.kept, ...from.browser]) {
    const language = supported(tag);
    if (language) return language;
  }
  return LANGUAGES[0];
}
