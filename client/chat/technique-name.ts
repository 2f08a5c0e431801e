import type { Technique } from '#protocol/chat';
import { COURSE } from '../../lessons/index.ts';
import type { Language } from '../i18n/index.ts';

/** What a technique is called: as its lesson is. */
export function nameOf(technique: Technique, language: Language): string {
  return COURSE.find(({ id }) => id === technique)?.title[language] ?? technique;
}
