import { create } from 'zustand';
import { store, stored } from '../../ui/index.ts';

/** The four places where two panes meet. */
export type SplitName = 'read' | 'client' | 'bottom' | 'console';

/** Sizes the learner chose: px, `client` in percent. What is missing has the size of the design. */
export type Sizes = Partial<Record<SplitName, number>>;

interface SizesState {
  lesson: string | null;
  sizes: Sizes;
  open(lesson: string): void;
  /** Sets one size; undefined gives back the size of the design. */
  set(name: SplitName, size: number | undefined): void;
}

const key = (lesson: string) => `sizes/${lesson}`;

/** Sizes of the panes, kept for each lesson. */
export const useSizes = create<SizesState>()((set, get) => ({
  lesson: null,
  sizes: {},
  open: (lesson) => {
    if (lesson !== get().lesson) set({ lesson, sizes: stored<Sizes>(key(lesson), {}) });
  },
  set(name, size) {
    const { lesson, sizes: before } = get();
    const sizes = { ...before, [name]: size };
    set({ sizes });
    if (lesson !== null) store(key(lesson), sizes);
  },
}));
