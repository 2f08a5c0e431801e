import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meaning } from './field-items.ts';
import { count } from './figures.ts';

/** The one-line meaning of a field, in the language of the screen. */
export function useMeaning(): (field: Meaning) => string {
  const { t } = useTranslation('inspect');
  return useCallback(({ note, params }) => t(note, { ...params, ...counted(params?.count) }), [t]);
}

/** A number that a text is about: `count` chooses singular or plural, `n` is what is shown. */
export function counted(value: string | number | undefined): { count: number; n: string } | undefined {
  return typeof value === 'number' ? { count: value, n: count(value) } : undefined;
}
