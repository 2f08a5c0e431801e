/** The race as the stage of a lesson, and what else of the page can wait until the text is painted. */
export { LessonMenu } from '../LessonMenu.tsx';
export { Separator } from '../split/Separator.tsx';
export { RaceStage } from './RaceStage.tsx';
