import type { MDXContent } from 'mdx/types';
import { useEffect, useState } from 'react';
import { LANGUAGES, type Language } from '../../i18n/index.ts';
import { loadProse, proseOf } from '../content.ts';

/** The prose in this language; while it is being fetched, the one in the language shown before. */
export function useProse(lesson: string, language: Language): MDXContent | undefined {
  const [, setFetched] = useState(0);
  const prose = proseOf(lesson, language);
  useEffect(() => {
    if (!prose) void loadProse(lesson, language).then(() => setFetched((count) => count + 1));
  }, [lesson, language, prose]);
  return prose ?? LANGUAGES.map((other) => proseOf(lesson, other)).find(Boolean);
}
