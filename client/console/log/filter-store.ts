import { create } from 'zustand';
import { useLab } from '../../lab/index.ts';
import { NO_FILTER, type ConsoleFilter } from './rows.ts';

interface FilterStore extends ConsoleFilter {
  set(change: Partial<ConsoleFilter>): void;
  /** How often the list was emptied; each time it begins anew. */
  cleared: number;
  clear(): void;
}

/** The console's filter: it outlives the pane, which leaves the document behind the other tab. */
export const useConsoleFilter = create<FilterStore>()((set) => ({
  ...NO_FILTER,
  set,
  cleared: 0,
  clear: () => {
    useLab.getState().clearConsole();
    set(({ cleared }) => ({ cleared: cleared + 1 }));
  },
}));
