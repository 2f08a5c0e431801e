import { useCallback, useSyncExternalStore } from 'react';

/** Phones: one column, rows of 14, targets to touch (DESIGN.md §4). */
const NARROW = '(max-width: 699.98px)';

/** Where editors and bytes take turns, because there is no room for both (DESIGN.md §4). */
const LOW = '(min-width: 700px) and (max-height: 839.98px)';

/** Is the screen narrower than 700 px? */
export const useNarrow = () => useQuery(NARROW);

/** Is it a screen to sit at, but a low one? */
export const useLow = () => useQuery(LOW);

function useQuery(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
