import { useSyncExternalStore } from 'react';

/** Where the bytes fold to their title bar; `Stage.module.css` has the same rule. */
const LOW = matchMedia('(min-width: 700px) and (max-height: 839px)');

const subscribe = (onChange: () => void) => {
  LOW.addEventListener('change', onChange);
  return () => LOW.removeEventListener('change', onChange);
};

/** Whether the window is too low for editors and bytes at once. */
export const useLowWindow = () => useSyncExternalStore(subscribe, () => LOW.matches);
