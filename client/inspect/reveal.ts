/** Scrolls the nearest scrolling ancestor so far that this row of a list can be seen. */
export function revealRow(list: HTMLElement, row: number, rowHeight: number): void {
  const scroller = scrollParent(list);
  if (!scroller) return;
  const frame = scroller.getBoundingClientRect();
  const top = list.getBoundingClientRect().top + row * rowHeight - frame.top;
  if (top < 0) scroller.scrollTop += top;
  else if (top + rowHeight > frame.height) scroller.scrollTop += top + rowHeight - frame.height;
}

function scrollParent(element: HTMLElement): HTMLElement | null {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    if (overflowY !== 'visible' && overflowY !== 'hidden' && parent.scrollHeight > parent.clientHeight)
      return parent;
  }
  return null;
}
