import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

let printing = false;

function subscribe(changed: () => void): () => void {
  const set = (value: boolean) => () => {
    printing = value;
    // The browser takes its picture right after the event.
    flushSync(changed);
  };
  const [before, after] = [set(true), set(false)];
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
  };
}

/** True while the page is printed: paper gets the table, with all its rows. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => printing);
}
