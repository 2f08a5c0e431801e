/** Name of the code in a fragment. */
export const FRAGMENT = 'code';

/** The code that an address carries, packed; null when it carries none. */
export function fragmentOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get(FRAGMENT);
}
