/**
 * How many px of the screen one CSS px of this element is: presenter mode enlarges what is projected by CSS `zoom`.
 * `getBoundingClientRect` and pointer events speak of the screen, `style` and `offsetWidth` of the element (CSS Viewport §4).
 */
export function zoomOf(element: Element): number {
  // Browsers without it (Safari before 18.4) measure as if nothing were enlarged.
  return (element as { currentCSSZoom?: number }).currentCSSZoom ?? 1;
}
