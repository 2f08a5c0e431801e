import { create } from 'zustand';

/** The three panes of a phone, in the order they are swiped through. */
export const PANES = ['read', 'code', 'wire'] as const;
export type Pane = (typeof PANES)[number];

export const PANE_IDS: Record<Pane, string> = { read: 'pane-read', code: 'pane-code', wire: 'pane-wire' };

/** Below: three panes to swipe. Between this and `DRAWER_BELOW`: the text is a drawer. */
const PHONE = matchMedia('(max-width: 699px)');
const DRAWER = matchMedia('(min-width: 700px) and (max-width: 1023px)');

/** A swipe has ended when nothing scrolled for this long. */
const SETTLED_AFTER_MS = 120;

interface Panes {
  phone: boolean;
  /** On a phone: the pane in view. */
  pane: Pane;
  /** Between phone and desk: whether the reading pane covers the playground. */
  drawer: boolean;
  show(pane: Pane): void;
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
    pane: 'read',
    drawer: DRAWER.matches,
    show(pane) {
      set({ pane });
      if (!get().phone || !scroller) return;
      const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
      scroller.scrollTo({ left: PANES.indexOf(pane) * scroller.clientWidth, behavior });
    },
    toggleDrawer: () => set(({ drawer }) => ({ drawer: !drawer })),
    closeDrawer: () => set({ drawer: false }),
    watchSwipes(element) {
      scroller = element;
      let settling: ReturnType<typeof setTimeout> | undefined;
      const settle = () => {
        const index = Math.round(element.scrollLeft / Math.max(1, element.clientWidth));
        if (get().phone) set({ pane: PANES[index] ?? 'read' });
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
