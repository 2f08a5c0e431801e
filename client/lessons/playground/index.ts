/**
 * Everything of a lesson but its text: editors, transport, wire, bytes, console, page.
 *
 * In: a lesson. Out: the playground, laid out; what prose may know of it goes into the bridge. Besides, what
 * the first text does not need of the lesson's page.
 * Knows nothing of: how any of the parts work. This is a chunk of its own, fetched after the first paint.
 */
export { Playground } from './Playground.tsx';
export { LessonMenu } from '../LessonMenu.tsx';
export { Separator } from '../split/Separator.tsx';
