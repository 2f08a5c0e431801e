import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { zoomOf } from '../ui/index.ts';

/** Lists up to this long are drawn whole. */
const DRAWN_WHOLE = 120;
/** Rows drawn beyond the screen at either end; also the step in which the window moves. */
const MARGIN = 12;

/**
 * Which rows of a long list of rows of one height can be seen. Wherever the list is scrolled, by
 * whatever is around it, at most a screen of rows and a margin is drawn.
 *
 * @param rowHeight In px.
 */
export function useWindow<T extends HTMLElement>(
  count: number,
  rowHeight: number,
): { ref: RefObject<T | null>; first: number; last: number } {
  const ref = useRef<T>(null);
  const [range, setRange] = useState({ first: 0, last: DRAWN_WHOLE });
  const long = count > DRAWN_WHOLE;

  useLayoutEffect(() => {
    if (!long) return;
    const measure = () => {
      if (!ref.current) return;
      const zoom = zoomOf(ref.current);
      const top = ref.current.getBoundingClientRect().top / zoom;
      const step = (row: number) => Math.floor(row / MARGIN) * MARGIN;
      const first = Math.max(0, step(-top / rowHeight) - MARGIN);
      const last = step((window.innerHeight / zoom - top) / rowHeight) + 2 * MARGIN;
      setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    measure();
    // Scrolling does not bubble, but it is captured.
    document.addEventListener('scroll', measure, { capture: true, passive: true });
    window.addEventListener('resize', measure);
    return () => {
      document.removeEventListener('scroll', measure, { capture: true });
      window.removeEventListener('resize', measure);
    };
  }, [long, rowHeight]);

  if (!long) return { ref, first: 0, last: count };
  const last = Math.max(0, Math.min(count, range.last));
  return { ref, first: Math.min(range.first, last), last };
}
