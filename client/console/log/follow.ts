/**
 * Keeps the newest row in sight until the reader scrolls up, and finds rows again.
 *
 * In: the list items. Out: the stretch to draw, and what the list's events call.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { zoomOf } from '../../ui/index.ts';
import { extendEarlier, holdWindow, reveal, rowWindow, type Anchor, type RowWindow } from './window.ts';
import type { ConsoleItem } from './rows.ts';

/** Scrolled up by more than a row is meant, less is a rounding of the browser; px. */
const LEFT_END_PX = 24;

export interface FollowedList {
  window: RowWindow;
  onScroll(): void;
  /** Stops following, so that what is being read stays in place. */
  hold(): void;
  toNewest(): void;
  showEarlier(): void;
  /** Brings the first row of a message into sight, without the focus. */
  showMessage(message: string): void;
}

/** @returns the ref of the element that scrolls, and the list. */
export function useFollowedList(items: ConsoleItem[]): [RefObject<HTMLDivElement | null>, FollowedList] {
  const scroller = useRef<HTMLDivElement>(null);
  const [anchor, setAnchor] = useState<Anchor>(null);
  const window = rowWindow(items, anchor);
  /** Distance to the end of the list, kept while earlier rows are put in; px. */
  const fromEnd = useRef<number | null>(null);
  const wanted = useRef<string | null>(null);
  const pressed = useRef(false);
  const latest = useRef({ items, window, anchor });

  useLayoutEffect(() => {
    latest.current = { items, window, anchor };
  });

  // Only when the list changed: a list that moves under a pressed button loses the click.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || pressed.current) return;
    if (wanted.current !== null) {
      const row = rowOf(box, wanted.current);
      wanted.current = null;
      if (row) scrollTo(box, row);
    } else if (fromEnd.current !== null) {
      box.scrollTop = box.scrollHeight - fromEnd.current;
      fromEnd.current = null;
    } else if (!anchor) box.scrollTop = box.scrollHeight;
  }, [items, anchor]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const observer = new ResizeObserver(() => {
      if (!latest.current.anchor) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    const press = () => {
      pressed.current = true;
    };
    const release = () => {
      pressed.current = false;
    };
    box.addEventListener('pointerdown', press);
    addEventListener('pointerup', release);
    addEventListener('pointercancel', release);
    return () => {
      observer.disconnect();
      box.removeEventListener('pointerdown', press);
      removeEventListener('pointerup', release);
      removeEventListener('pointercancel', release);
    };
  }, []);

  const hold = useCallback(() => {
    const box = scroller.current;
    // While everything is in sight there is nothing to keep in place.
    if (!box || box.scrollHeight <= box.clientHeight) return;
    setAnchor((now) => now ?? holdWindow(latest.current.items, latest.current.window));
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const { items, window, anchor } = latest.current;
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (!anchor && left > LEFT_END_PX) hold();
    else if (anchor && left < 2 && window.end === items.length) setAnchor(null);
  }, [hold]);

  const toNewest = useCallback(() => setAnchor(null), []);

  const showEarlier = useCallback(() => {
    const box = scroller.current;
    const { items, window, anchor } = latest.current;
    if (box) fromEnd.current = box.scrollHeight - box.scrollTop;
    setAnchor(extendEarlier(items, window, anchor));
  }, []);

  const showMessage = useCallback((message: string) => {
    const box = scroller.current;
    const { items, window, anchor } = latest.current;
    const index = items.findIndex((item) => 'row' in item && item.row.message === message);
    if (!box || index < 0) return;
    const row = rowOf(box, message);
    if (row && inSight(box, row)) return;
    wanted.current = message;
    // A new object, so that this renders even when the anchor would be the same.
    const next = reveal(items, window, anchor, index) ?? holdWindow(items, window);
    setAnchor(next && { ...next });
  }, []);

  return [scroller, { window, onScroll, hold, toNewest, showEarlier, showMessage }];
}

function rowOf(box: HTMLElement, message: string): HTMLElement | null {
  return box.querySelector(`[data-message="${CSS.escape(message)}"]`);
}

function inSight(box: HTMLElement, row: HTMLElement): boolean {
  const outer = box.getBoundingClientRect();
  const inner = row.getBoundingClientRect();
  return inner.top >= outer.top && inner.bottom <= outer.bottom;
}

/** Scrolls only the list: `scrollIntoView` would move the panes around it as well. */
function scrollTo(box: HTMLElement, row: HTMLElement): void {
  const offset = (row.getBoundingClientRect().top - box.getBoundingClientRect().top) / zoomOf(box);
  box.scrollTop += offset - (box.clientHeight - row.offsetHeight) / 2;
}
