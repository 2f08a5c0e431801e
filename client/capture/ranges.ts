import type { Cut } from './run.ts';

/** At which ends something was cut; undefined at none. */
export function cutOf(before: boolean, behind: boolean): Cut | undefined {
  if (before && behind) return 'both';
  return before ? 'before' : behind ? 'behind' : undefined;
}
