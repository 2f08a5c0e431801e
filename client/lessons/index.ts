/**
 * The lesson on the screen: reading pane, playground, and the bar above.
 *
 * In: a lesson's id and step from the address. Out: the page.
 * Knows nothing of: how a run is recorded, drawn or inspected; it only puts those parts in their places.
 */
export { TopBar } from './bar/TopBar.tsx';
export { lessonOf } from './content.ts';
export { LessonPage } from './LessonPage.tsx';
export { usePanes } from './panes.ts';
export { preloadLesson } from './preload.ts';
export { lastPlace, useProgress } from './progress.ts';
