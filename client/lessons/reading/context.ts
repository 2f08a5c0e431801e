import { createContext, useContext } from 'react';
import type { LessonInfo } from '../../../lessons/index.ts';

export interface ReadingPlace {
  lesson: LessonInfo;
  /** The open step, from 1. */
  step: number;
}

export const ReadingContext = createContext<ReadingPlace | null>(null);

/** Which lesson and step the prose is rendered for. */
export function useReading(): ReadingPlace {
  const place = useContext(ReadingContext);
  if (!place) throw new Error('Prose is rendered outside a reading pane.');
  return place;
}
