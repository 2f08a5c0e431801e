import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COURSE } from '../../lessons/index.ts';
import { GLYPHS } from './glyphs/Glyph.tsx';

describe('every lesson of the course', () => {
  const ids = COURSE.map(({ id }) => id).sort();

  it('has a glyph, and no glyph is without a lesson', () => {
    expect(Object.keys(GLYPHS).sort()).toEqual(ids);
  });

  it.each(['en', 'zh-CN'])('has one line in %s, and so has every group', (language) => {
    const texts = JSON.parse(
      readFileSync(new URL(`../i18n/${language}/course.json`, import.meta.url), 'utf8'),
    ) as { line: object; group: object };
    expect(Object.keys(texts.line).sort()).toEqual(ids);
    expect(Object.keys(texts.group).sort()).toEqual([...new Set(COURSE.map(({ group }) => group))].sort());
  });
});
