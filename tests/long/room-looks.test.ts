/** The room in both languages and themes, on a desk. */
import { describe, it } from 'vitest';
import { LOOKS } from '../support/looks.ts';
import { expectAccessibleRoom } from '../support/room-looks.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

describe.each(LOOKS)('in $colorScheme and $locale', (look) => {
  it.each(['/chat', '/chat?pages=2'] as const)('%s breaks no rule of WCAG 2.2 AA', (path) =>
    expectAccessibleRoom(site, path, look),
  );
});
