import { zoomOf } from '../ui/index.ts';

/** Scrolls the nearest scrolling ancestor so far that this row of a list can be seen. */
export function revealRow(list: HTMLElement, row: number, rowHeight: number): void {
  const scroller = scrollParent(list);
  if (!scroller) return;
  const above = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  const top = above / zoomOf(scroller) + row * rowHeight;
  if (top < 0) scroller.scrollTop += top;
  else if (top + rowHeight > scroller.clientHeight)
    scroller.scrollTop += top + rowHeight - scroller.clientHeight;
}

function scrollParent(element: HTMLElement): HTMLElement | null {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    if (overflowY !== 'visible' && overflowY !== 'hidden' && parent.scrollHeight > parent.clientHeight)
      return parent;
  }
  return null;
}
