import { zoomOf } from './zoom.ts';

/** Between a button, the panel that it opens, and the ends of the screen, px. */
const GAP = 6;
/** What a panel may need, px: where there is so much room below, it stands below. */
const [WIDTH, HEIGHT] = [300, 300];

/**
 * Puts a panel of the top layer (`position: fixed`), where nothing cuts it off, beside the button that opens it:
 * below it or, at the end of the screen, above it; begins or ends with it, and lies within the screen.
 */
export function placeBeside(panel: HTMLElement, opener: HTMLElement): void {
  const zoom = zoomOf(opener);
  const box = opener.getBoundingClientRect();
  const [left, right, top, bottom] = [box.left / zoom, box.right / zoom, box.top / zoom, box.bottom / zoom];
  const [width, height] = [innerWidth / zoom, innerHeight / zoom];
  const isAbove = height - bottom < HEIGHT && top > height - bottom;
  const isOnTheRight = right > width / 2;
  const { style } = panel;
  style.top = isAbove ? 'auto' : `${bottom + GAP}px`;
  style.bottom = isAbove ? `${height - top + GAP}px` : 'auto';
  style.maxHeight = `${(isAbove ? top : height - bottom) - 2 * GAP}px`;
  style.left = isOnTheRight ? 'auto' : `${Math.max(GAP, Math.min(left, width - WIDTH - GAP))}px`;
  style.right = isOnTheRight ? `${Math.max(GAP, Math.min(width - right, width - WIDTH - GAP))}px` : 'auto';
}
