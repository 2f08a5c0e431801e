import { create } from 'zustand';
import { store, stored } from '../ui/index.ts';

export type Pane = 'read' | 'code' | 'wire' | 'race';

/** The panes of a phone, in the order they are swiped through, by what stands beside the text. */
export const PANES = {
  playground: ['read', 'code', 'wire'],
  race: ['read', 'race'],
} as const satisfies Record<string, readonly Pane[]>;

export const PANE_IDS: Record<Pane, string> = {
  read: 'pane-read',
  code: 'pane-code',
  wire: 'pane-wire',
  race: 'pane-race',
};

/** Below: three panes to swipe. Between this and `DRAWER_BELOW`: the text is a drawer. */
const PHONE = matchMedia('(max-width: 699px)');
const DRAWER = matchMedia('(min-width: 700px) and (max-width: 1023px)');

const TEXT_HIDDEN = 'text-hidden';

/** A swipe has ended when nothing scrolled for this long. */
const SETTLED_AFTER_MS = 120;

interface Panes {
  phone: boolean;
  panes: readonly Pane[];
  /** On a phone: the pane in view. */
  pane: Pane;
  /** Between phone and desk: whether the reading pane covers the playground. */
  drawer: boolean;
  /** On a desk: the text is folded away, for a stage that wants the width. */
  textHidden: boolean;
  show(pane: Pane): void;
  toggleText(): void;
  toggleDrawer(): void;
  closeDrawer(): void;
  /** Follows swipes in the element that scrolls; returns what ends it. */
  watchSwipes(scroller: HTMLElement): () => void;
}

/** Which parts of the lesson are in view where not all of them fit. */
export const usePanes = create<Panes>()((set, get) => {
  let scroller: HTMLElement | null = null;
  return {
    phone: PHONE.matches,
    panes: PANES.playground,
    pane: 'read',
    drawer: DRAWER.matches,
    textHidden: stored(TEXT_HIDDEN, false),
    show(pane) {
      set({ pane });
      if (!get().phone || !scroller) return;
      const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
      scroller.scrollTo({ left: get().panes.indexOf(pane) * scroller.clientWidth, behavior });
    },
    toggleText() {
      const textHidden = !get().textHidden;
      store(TEXT_HIDDEN, textHidden);
      set({ textHidden });
    },
    toggleDrawer: () => set(({ drawer }) => ({ drawer: !drawer })),
    closeDrawer: () => set({ drawer: false }),
    watchSwipes(element) {
      scroller = element;
      let settling: ReturnType<typeof setTimeout> | undefined;
      const settle = () => {
        const index = Math.round(element.scrollLeft / Math.max(1, element.clientWidth));
        if (get().phone) set({ pane: get().panes[index] ?? 'read' });
      };
      // `scrollend` is missing in older Safari.
      const onScroll = () => {
        clearTimeout(settling);
        settling = setTimeout(settle, SETTLED_AFTER_MS);
      };
      element.addEventListener('scroll', onScroll, { passive: true });
      return () => {
        clearTimeout(settling);
        element.removeEventListener('scroll', onScroll);
        scroller = null;
      };
    },
  };
});

PHONE.addEventListener('change', ({ matches }) => usePanes.setState({ phone: matches, pane: 'read' }));
DRAWER.addEventListener('change', ({ matches }) => usePanes.setState({ drawer: matches }));
