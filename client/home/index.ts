/**
 * The pages around the lessons: the course, and the self-check.
 *
 * In: the list of lessons and how far each was taken. Out: the pages at `/course` and `/check`, and where
 * no page is.
 * Knows nothing of: what a lesson contains, what the self-check tries.
 */
export { CheckPage } from './CheckPage.tsx';
export { Course } from './Course.tsx';
export { Glyph } from './glyphs/Glyph.tsx';
export { NotFound } from './NotFound.tsx';
