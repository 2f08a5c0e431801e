import { BUGS, bugsOf, type Browser, type Bug } from './profiles.ts';

/**
 * The bugs that are on in a document: its browser's own, and what its
 * `<meta name="emulated-bugs" content="xdr-collected-in-flight no-xdr-needs-all-handlers">` adds and takes away.
 */
export function bugsIn(document: Document, browser: Browser): ReadonlySet<Bug> {
  const bugs = new Set(bugsOf(browser));
  const words = document.querySelector('meta[name="emulated-bugs"]')?.getAttribute('content') ?? '';
  for (const bug of BUGS) {
    if (words.split(/\s+/).includes(bug)) bugs.add(bug);
    if (words.split(/\s+/).includes(`no-${bug}`)) bugs.delete(bug);
  }
  return bugs;
}
