import type { Run } from '../capture/run.ts';

const seen = new Map<number, { events: number; pages: string[] }>();

/** Names of the pages of a run, in order of appearance; empty where pages have no names. */
export function pagesOf({ number, jsEvents }: Run): readonly string[] {
  let known = seen.get(number);
  if (!known || known.events > jsEvents.length) {
    // Only the run in the picture is remembered.
    seen.clear();
    seen.set(number, (known = { events: 0, pages: [] }));
  }
  for (const { page } of jsEvents.slice(known.events)) {
    if (page !== undefined && !known.pages.includes(page)) known.pages = [...known.pages, page].sort();
  }
  known.events = jsEvents.length;
  return known.pages;
}
