import type { Profile } from '#protocol/labs';

/** What the old browsers are called, in every language. */
export const BROWSER_NAMES: Record<Profile, string> = {
  'ie-6': 'IE 6',
  'ie-7': 'IE 7',
  'ie-8': 'IE 8',
  'ie-9': 'IE 9',
  'ie-10': 'IE 10',
  'firefox-3.6': 'Firefox 3.6',
  'chrome-14': 'Chrome 14',
  'safari-5': 'Safari 5',
};
