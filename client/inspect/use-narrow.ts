import { useSyncExternalStore } from 'react';

/** Phones: one column, rows of 14, targets to touch (DESIGN.md §4). */
const QUERY = '(max-width: 699.98px)';

/** Is the screen narrower than 700 px? */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(QUERY).matches);
}

function subscribe(changed: () => void): () => void {
  const list = matchMedia(QUERY);
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
}
